export interface HeldLicence {
  skuId: string
  disabledPlans: readonly string[]
}

export interface ServicePlan {
  id: string
  name: string
}

/** A product an organisation has bought, for so many people. */
export interface Sku {
  id: string
  partNumber: string
  plans: readonly ServicePlan[]
  enabledUnits: number
}

/** `consumedUnits` counts the people who hold it, disabled ones included; the licence of a deleted person is free for another. */
export interface CountedSku extends Sku {
  consumedUnits: number
}
