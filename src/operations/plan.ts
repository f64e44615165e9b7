/** What a person can do with a joint plan of several components (1.17). */

export { consultPlan, sayToPlan } from './plan/agree.ts'
export { isAsked, type PlanFacts, planByCode, readPlan } from './plan/facts.ts'
export { closePlan, makePlan, planLimits } from './plan/make.ts'
export { type Conflict, type PlanShown, planShownTo } from './plan/shown.ts'
export { letBegin, startPlan } from './plan/start.ts'
export { addPlanStep, changePlanStep, removePlanStep, type StepInput, stepPosts } from './plan/steps.ts'
