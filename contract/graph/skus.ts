interface SkuRow {
  /** Microsoft's own id, so that scripts written for Entra mean the same product here. */
  id: string
  partNumber: string
  displayName: string
  /** The service plans that matter to who may do what; the real products hold dozens more. */
  plans: readonly ServicePlanRow[]
}

interface ServicePlanRow {
  id: string
  name: string
}

const premium1 = { id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', name: 'AAD_PREMIUM' }
const premium2 = { id: 'eec0eb4f-6444-4f95-aba0-50c24d67f998', name: 'AAD_PREMIUM_P2' }
const multiFactor = { id: '8a256a2b-b617-496d-b51b-e76466e88db0', name: 'MFA_PREMIUM' }
const intune = { id: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', name: 'INTUNE_A' }
const teams = { id: '57ff2da0-773e-42df-b2af-ffb7a2317929', name: 'TEAMS1' }
const kioskMail = { id: '4a82b400-a79f-41a4-b4e2-e94f5787b113', name: 'EXCHANGE_S_DESKLESS' }
const mail = { id: 'efb87545-963c-4e0d-99df-69c6916d9eb0', name: 'EXCHANGE_S_ENTERPRISE' }

/** The products whose licence lets a person sign in by SMS, and the two that Entra ID is sold as by itself. */
export const skus = [
  {
    id: '44575883-256e-4a79-9da4-ebe9acabe2b2',
    partNumber: 'M365_F1',
    displayName: 'Microsoft 365 F1',
    plans: [premium1, multiFactor, intune, teams],
  },
  {
    id: '50f60901-3181-4b75-8a2c-4c8e4c1d5a72',
    partNumber: 'M365_F1_COMM',
    displayName: 'Microsoft 365 F1',
    plans: [premium1, multiFactor, intune, teams],
  },
  {
    id: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
    partNumber: 'SPE_F1',
    displayName: 'Microsoft 365 F3',
    plans: [premium1, multiFactor, intune, teams, kioskMail],
  },
  {
    id: '05e9a617-0261-4cee-bb44-138d3ef5d965',
    partNumber: 'SPE_E3',
    displayName: 'Microsoft 365 E3',
    plans: [premium1, multiFactor, intune, teams, mail],
  },
  {
    id: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    partNumber: 'SPE_E5',
    displayName: 'Microsoft 365 E5',
    plans: [premium1, premium2, multiFactor, intune, teams, mail],
  },
  {
    id: 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e',
    partNumber: 'EMS',
    displayName: 'Enterprise Mobility + Security E3',
    plans: [premium1, multiFactor, intune],
  },
  {
    id: 'b05e124f-c7cc-45a0-a6aa-8cf78c946968',
    partNumber: 'EMSPREMIUM',
    displayName: 'Enterprise Mobility + Security E5',
    plans: [premium1, premium2, multiFactor, intune],
  },
  { id: '4b585984-651b-448a-9e53-3b10f069cf7f', partNumber: 'DESKLESSPACK', displayName: 'Office 365 F3', plans: [teams, kioskMail] },
  {
    id: '078d2b04-f1bd-4111-bbd4-b4b1b354cef4',
    partNumber: 'AAD_PREMIUM',
    displayName: 'Microsoft Entra ID P1',
    plans: [premium1, multiFactor],
  },
  {
    id: '84a661c4-e949-4bd2-a560-ed7766fcaf2b',
    partNumber: 'AAD_PREMIUM_P2',
    displayName: 'Microsoft Entra ID P2',
    plans: [premium1, premium2, multiFactor],
  },
] as const satisfies readonly SkuRow[]

export type SkuPartNumber = (typeof skus)[number]['partNumber']

/** Each of them is a licence to sign in by SMS. */
export const skusForSmsSignIn: readonly string[] = skus.map(({ id }) => id)
