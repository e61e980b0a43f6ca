/** Numbers, and who may sign in with them; a part of schema.ts. */
export interface PhoneTables {
  phones: {
    tenant_id: string
    user_id: string
    phone_type: string
    number_sealed: string
    number_index: string
    number_anywhere: string
    country: string | null
    is_sign_in_name: number
    sign_in_wish: string
    proven_at: number | null
    used_at: number | null
    created_at: number
    extension_sealed: string | null
    confirmed_at: number | null
    is_voice_only: number
  }
  method_policies: { tenant_id: string; method: string; is_enabled: number; settings: string; licence_mode: string }
  method_targets: {
    tenant_id: string
    method: string
    target_id: string
    is_excluded: number
    target_kind: string
    is_usable_for_sign_in: number
    is_registration_required: number
    settings: string | null
  }
  method_policy_settings: { tenant_id: string; settings: string; changed_at: number }
  sign_in_settings: {
    tenant_id: string
    asks_to_stay_signed_in: number
    allows_device_codes: number
    text_countries: string | null
    texts_a_day: number | null
    default_method_deletion: string
    unique_numbers: string
    strict_conflict: number
    shared_networks: string
    call_countries: string | null
    after_sms_sign_in: string
  }
  method_choices: { tenant_id: string; user_id: string; default_method: string | null; sms_offer_dismissed_at: number | null }
  registration_snoozes: { tenant_id: string; user_id: string; method: string; times: number; snoozed_at: number }
  reregistrations: { tenant_id: string; user_id: string; required_at: number }
  brandings: { tenant_id: string; colour: string | null; logo: string | null; note: string | null }
}
