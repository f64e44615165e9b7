/** What a person can do with a group. */
export { type ForumFacts, readForum } from './forum/facts.ts'
export { forumForm, kindsToMake } from './forum/form.ts'
export { closeForum, hostForum, returnForum } from './forum/host.ts'
export { answerInvite } from './forum/invite.ts'
export { forumByCode, listForums } from './forum/list.ts'
export { forumLimits, likelyDuplicates, type MakeForumInput, makeForum } from './forum/make.ts'
