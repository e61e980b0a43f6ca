/** Which of Microsoft's services says it did this. What stands in no list is the directory's own. */
const activitiesOf: Readonly<Record<string, readonly string[]>> = {
  'Authentication Methods': [
    'Admin registered security info',
    'Admin updated security info',
    'Admin deleted security info',
    'Admin started password reset',
    'User registered security info',
    'User registered all required security info',
    'User updated security info',
    'User deleted security info',
    'User reviewed security info',
    'User changed default security info',
    'User started security info registration',
    'User canceled security info registration',
    'User started password change',
    'User started password reset',
    'Get passkey creation options',
    'Authentication Methods Policy Update',
    'Authentication Methods Policy Reset',
    'Authentication Strength Policy Create',
    'Authentication Strength Policy Update',
    'Authentication Strength Policy Delete',
  ],
  'Azure MFA': ['Fraud reported – no action taken', 'Fraud reported – user is blocked for MFA', 'Suspicious activity reported'],
}

const services = new Map(
  Object.entries(activitiesOf).flatMap(([service, activities]) => activities.map((activity) => [activity.toLowerCase(), service])),
)

export function loggedByService(activity: string): string {
  return services.get(activity.toLowerCase()) ?? 'Core Directory'
}
