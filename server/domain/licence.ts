export interface HeldLicence {
  skuId: string
  disabledPlans: readonly string[]
}
