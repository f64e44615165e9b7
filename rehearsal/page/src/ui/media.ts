import { useSyncExternalStore } from 'react'

const phone = matchMedia('(max-width: 720px)')
const subscribe = (notify: () => void) => {
  phone.addEventListener('change', notify)
  return () => phone.removeEventListener('change', notify)
}

/** True where there is room for one pane only. */
export const usePhone = () => useSyncExternalStore(subscribe, () => phone.matches)
