/** What gateways hand over from the field. */
export { receive, reportText } from './intake/receive.ts'
