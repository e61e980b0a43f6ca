interface RefusalRow {
  status: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 412 | 413 | 414 | 415 | 421 | 422 | 423 | 424 | 429 | 500 | 503
  /** Graph's code in the directory's dialect. */
  graph: string
  /** Graph's code in the dialect of /authentication and the methods policy, where it differs from the status's usual one. */
  methods?: string
}

/** Every way we say no. The code is also the phrase key `refusals.<code>` in locales. */
export const refusals = {
  body_not_json: { status: 400, graph: 'BadRequest' },
  body_key_twice: { status: 400, graph: 'BadRequest' },
  body_key_forbidden: { status: 400, graph: 'BadRequest' },
  body_too_deep: { status: 400, graph: 'BadRequest' },
  body_too_large: { status: 413, graph: 'RequestEntityTooLarge' },
  body_wrong_type: { status: 415, graph: 'UnsupportedMediaType' },
  body_missing: { status: 400, graph: 'Request_BadRequest' },
  property_unknown: { status: 400, graph: 'Request_BadRequest' },
  property_read_only: { status: 400, graph: 'Request_BadRequest' },
  property_invalid: { status: 400, graph: 'Request_BadRequest' },
  property_required: { status: 400, graph: 'Request_BadRequest' },

  query_option_unknown: { status: 400, graph: 'Request_UnsupportedQuery' },
  query_invalid: { status: 400, graph: 'BadRequest' },
  query_unsupported: { status: 400, graph: 'Request_UnsupportedQuery' },
  query_property_unknown: { status: 400, graph: 'BadRequest' },
  query_needs_eventual: { status: 400, graph: 'Request_UnsupportedQuery' },
  query_too_long: { status: 400, graph: 'Request_UnsupportedQuery' },
  top_out_of_range: { status: 400, graph: 'BadRequest' },
  skip_token_invalid: { status: 400, graph: 'Directory_ExpiredPageToken' },

  token_missing: { status: 401, graph: 'InvalidAuthenticationToken' },
  token_invalid: { status: 401, graph: 'InvalidAuthenticationToken' },
  token_expired: { status: 401, graph: 'InvalidAuthenticationToken' },
  token_revoked: { status: 401, graph: 'InvalidAuthenticationToken' },
  account_disabled: { status: 401, graph: 'InvalidAuthenticationToken' },
  stronger_sign_in_needed: { status: 403, graph: 'insufficient_claims' },

  me_needs_person: { status: 400, graph: 'BadRequest' },
  people_only: { status: 403, graph: 'Authorization_RequestDenied' },
  scope_missing: { status: 403, graph: 'Authorization_RequestDenied' },
  role_missing: { status: 403, graph: 'Authorization_RequestDenied' },
  target_protected: { status: 403, graph: 'Authorization_RequestDenied' },
  target_out_of_reach: { status: 403, graph: 'Authorization_RequestDenied' },
  not_on_yourself: { status: 403, graph: 'Authorization_RequestDenied' },
  upn_taken: { status: 400, graph: 'Request_BadRequest' },
  upn_taken_meanwhile: { status: 409, graph: 'Request_MultipleObjectsWithSameKeyValue' },
  domain_not_verified: { status: 400, graph: 'Request_BadRequest' },
  manager_is_self: { status: 400, graph: 'Request_BadRequest' },
  reference_invalid: { status: 400, graph: 'Request_BadRequest' },
  last_global_administrator: { status: 400, graph: 'Request_BadRequest' },
  role_not_at_unit: { status: 400, graph: 'Request_BadRequest' },
  reference_exists: { status: 400, graph: 'Request_BadRequest' },
  group_circle: { status: 400, graph: 'Request_BadRequest' },
  role_group_takes_no_groups: { status: 400, graph: 'Request_BadRequest' },
  owner_not_person: { status: 400, graph: 'Request_BadRequest' },
  last_owner: { status: 400, graph: 'Request_BadRequest' },
  group_out_of_reach: { status: 403, graph: 'Authorization_RequestDenied' },
  members_hidden: { status: 403, graph: 'Authorization_RequestDenied' },
  licence_change_empty: { status: 400, graph: 'Request_BadRequest' },
  licence_named_twice: { status: 400, graph: 'Request_BadRequest' },
  licence_unknown: { status: 400, graph: 'Request_BadRequest' },
  licence_plan_unknown: { status: 400, graph: 'Request_BadRequest' },
  licence_not_held: { status: 400, graph: 'Request_BadRequest' },
  licences_used_up: { status: 400, graph: 'Request_BadRequest' },
  usage_location_missing: { status: 400, graph: 'Request_BadRequest' },
  default_domain_needed: { status: 400, graph: 'Request_BadRequest' },
  domain_unproven: { status: 400, graph: 'Request_BadRequest' },
  domain_stays_managed: { status: 400, graph: 'Request_BadRequest' },
  role_already_active: { status: 400, graph: 'Request_BadRequest' },
  role_already_given: { status: 400, graph: 'Request_BadRequest' },
  group_not_for_roles: { status: 400, graph: 'Request_BadRequest' },

  dependency_failed: { status: 424, graph: 'FailedDependency' },
  bootstrap_link_spent: { status: 404, graph: 'ResourceNotFound' },

  path_unknown: { status: 404, graph: 'ResourceNotFound' },
  method_not_allowed: { status: 405, graph: 'Request_BadRequest' },
  url_too_long: { status: 414, graph: 'BadRequest' },
  host_unknown: { status: 421, graph: 'BadRequest' },
  object_not_found: { status: 404, graph: 'Request_ResourceNotFound' },
  changed_meanwhile: { status: 409, graph: 'Request_ConcurrentUpdate' },
  unavailable: { status: 503, graph: 'serviceNotAvailable' },
  internal_error: { status: 500, graph: 'generalException' },
} as const satisfies Record<string, RefusalRow>

export type RefusalCode = keyof typeof refusals
