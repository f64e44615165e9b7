/** What a person, a timer or the operator can do with who gave a warning. */
export {
  eraseSource,
  eraseSourcesBefore,
  handOverSources,
  markDoNotContact,
  rotateVault,
  setDoNotContact,
  setReplyAgreed,
} from './source/keep.ts'
export { type KeptSource, mySources, readSource } from './source/read.ts'
export { gradeSource, linkSource, nameDeputy, recordSource } from './source/record.ts'
