/** Texts to those who own an alert, and the numbers they are sent to. */
export { myPhone, removePhone, setPhone } from './sms/phone.ts'
