export { decidedMessage, refuseModal, registrationCard, waitingMessage } from './registration/card.ts'
export { askedModal, joinActions, joinModal, joinOffer, locationValue } from './registration/join.ts'
export { meMessage } from './registration/me.ts'
export { posts } from './registration/posts.ts'
