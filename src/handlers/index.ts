import * as answer from './alert/answer.ts'
import { alertCommand } from './alert/command.ts'
import * as raise from './alert/raise.ts'
import * as record from './alert/record.ts'
import * as channel from './channel.ts'
import * as compromised from './compromised.ts'
import type { Family, Handlers } from './contract.ts'
import { digestCommand } from './digest.ts'
import * as duty from './duty.ts'
import { families, joined } from './families.ts'
import * as handover from './handover.ts'
import { pocCommand } from './help.ts'
import * as inquiry from './inquiry.ts'
import * as reach from './reach.ts'
import * as registration from './registration.ts'
import * as release from './release.ts'
import * as source from './source.ts'
import { askingFirst } from './wide-forms.ts'

/** What belongs to no noun's own file yet. */
const first: Family = {
  commands: { '': pocCommand, alert: alertCommand, digest: digestCommand },
  actions: {
    'alert.raise': raise.raiseButton,
    'alert.place': raise.placeChosen,
    'alert.take_place': raise.placeTaken,
    'alert.call_tree': record.callTreePressed,
    'alert.casevac': record.casevacPressed,
    'alert.acknowledge': answer.acknowledgePressed,
    'alert.respond': answer.openRespond,
    'alert.watch': answer.openWatch,
    'alert.not_acting': answer.notActingPicked,
    'alert.on_site': answer.onSitePressed,
    'alert.recorded_said': answer.recordedSaidChosen,
    'alert.close': record.openClose,
    'alert.details': record.openDetails,
    'alert.correct': record.openCorrect,
    'alert.read_out': record.openReadOut,
    'alert.more': record.morePicked,
    'alert.show': record.showPressed,
    'alert.at_risk': record.atRiskChosen,
    'alert.preview': raise.previewPressed,
    'alert.special': record.specialTicked,
    'registration.join': registration.joinPressed,
    'registration.confirm': registration.confirmPressed,
    'registration.refuse': registration.refusePressed,
    'people.waiting': registration.peopleCommand,
    'handover.open': handover.leavingPressed,
    'handover.accept': handover.acceptPressed,
    'handover.decline': handover.declinePressed,
    'handover.show': handover.showPressed,
    'handover.end': handover.endPressed,
    'reach.here': reach.herePressed,
    'duty.take': duty.takePressed,
    'duty.leave': duty.leavePressed,
    'duty.vacancies': duty.vacanciesCommand,
    'duty.test': duty.testPressed,
    'duty.confirm': duty.confirmPressed,
    'channel.look': channel.channelLook,
    'channel.withdraw': channel.withdrawPressed,
    'channel.unregister': channel.unregisterPressed,
    'partner.waits': channel.partnerWaits,
    'inquiry.ask': inquiry.askPressed,
    'inquiry.answer': inquiry.answerPressed,
    'release.show': release.proposalPressed,
    'release.release': release.releasePressed,
    'release.refuse': release.refusePressed,
    'release.narrow': release.narrowPressed,
    'source.act': source.sourceActPicked,
  },
  views: {
    'alert.raise': raise.raiseSubmitted,
    'alert.respond': answer.respondSubmitted,
    'alert.watch': answer.watchSubmitted,
    'alert.not_acting': answer.notActingSubmitted,
    'alert.cannot_take': answer.cannotTakeSubmitted,
    'alert.recorded': answer.recordedSubmitted,
    'alert.details': record.detailsSubmitted,
    'alert.specialist': record.specialistSubmitted,
    'alert.correct': record.correctSubmitted,
    'alert.information': record.informationSubmitted,
    'alert.close': record.closeSubmitted,
    'alert.withdraw': record.withdrawSubmitted,
    'registration.join': registration.joinSubmitted,
    'registration.refuse': registration.refuseSubmitted,
    'handover.leaving': handover.leavingSubmitted,
    'compromised.close': compromised.closeSubmitted,
    'duty.on': duty.onSubmitted,
    'duty.off': duty.offSubmitted,
    'duty.rota_pick': duty.rotaPicked,
    'duty.rota': duty.rotaSubmitted,
    'channel.register': channel.channelSubmitted,
    'inquiry.ask': inquiry.askSubmitted,
    'inquiry.answer': inquiry.answerSubmitted,
    'release.propose': release.proposeSubmitted,
    'release.refuse': release.refuseSubmitted,
    'source.record': source.recordSubmitted,
    'source.read': source.readSubmitted,
    'source.link': source.linkSubmitted,
    'source.grade': source.gradeSubmitted,
    'source.deputy': source.deputySubmitted,
    'source.confirm': source.confirmSubmitted,
  },
  closed: {},
  options: { 'registration.location': registration.locationOptions, 'alert.place': raise.placeOptions },
  shortcuts: { 'alert.raise_from': raise.raiseFromMessage },
}

/** Every callback of the bot by Slack's id; a noun adds its family. */
const all = joined([first, ...families])

export const handlers: Handlers = { ...all, views: askingFirst(all.views) }
