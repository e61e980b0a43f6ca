import { useState } from 'react'
import { ComboBox } from '../kit/combo-box.tsx'

const countries = [
  { value: 'NL', text: 'Netherlands', note: '+31' },
  { value: 'SE', text: 'Sweden', note: '+46' },
  { value: 'BE', text: 'Belgium', note: '+32' },
  { value: 'CI', text: 'Côte d’Ivoire', note: '+225' },
] as const

export default function CountryBox() {
  const [country, setCountry] = useState<(typeof countries)[number]['value']>('NL')
  return <ComboBox label="Country" name="country" options={countries} value={country} onChange={setCountry} />
}
