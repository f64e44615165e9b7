/** What a person can do with a joint plan of several components (1.17). */
export { isAsked, type PlanFacts, planByCode, readPlan } from './plan/facts.ts'
export {
  addPlanStep,
  closePlan,
  consultPlan,
  makePlan,
  planLimits,
  removePlanStep,
  sayToPlan,
  stepPosts,
} from './plan/make.ts'
export { type Conflict, type PlanShown, planShownTo } from './plan/shown.ts'
export { startPlan } from './plan/start.ts'
