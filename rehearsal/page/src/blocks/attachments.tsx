import type { KnownBlock, MessageAttachment } from '@slack/types'
import { Link } from '../text/entities.tsx'
import { Mrkdwn } from '../text/mrkdwn.tsx'
import { Blocks } from './blocks.tsx'
import { withBlockIds } from './values.ts'

function barColour(colour: string | undefined): string | undefined {
  const named: Record<string, string> = { good: '#2f9e6b', warning: '#d99a1c', danger: '#c53b3b' }
  return colour && (named[colour] ?? (colour.startsWith('#') ? colour : `#${colour}`))
}

/** The blocks within a message's attachments. */
export function attachmentBlocks(attachments: unknown[] | undefined): KnownBlock[] {
  return ((attachments ?? []) as MessageAttachment[]).flatMap(each => withBlockIds(each.blocks))
}

function Attachment({ attachment }: { attachment: MessageAttachment }) {
  const blocks: KnownBlock[] = withBlockIds(attachment.blocks)
  return (
    <div className="attachment" style={{ borderInlineStartColor: barColour(attachment.color) }}>
      {attachment.pretext && (
        <div>
          <Mrkdwn text={attachment.pretext} />
        </div>
      )}
      {attachment.title && (
        <strong>
          {attachment.title_link ? (
            <Link url={attachment.title_link}>{attachment.title}</Link>
          ) : (
            attachment.title
          )}
        </strong>
      )}
      {attachment.text && (
        <div className="message-text">
          <Mrkdwn text={attachment.text} />
        </div>
      )}
      {attachment.fields && (
        <div className="section-fields">
          {attachment.fields.map(field => (
            <div key={field.title}>
              <strong>{field.title}</strong>
              <br />
              <Mrkdwn text={field.value} />
            </div>
          ))}
        </div>
      )}
      {blocks.length > 0 && <Blocks blocks={blocks} />}
      {attachment.image_url && <img src={attachment.image_url} alt={attachment.fallback ?? ''} />}
      {attachment.footer && <div className="context">{attachment.footer}</div>}
    </div>
  )
}

/** Slack's older attachments, with their bar of colour. */
export function Attachments({ attachments }: { attachments?: unknown[] }) {
  return (
    <>
      {((attachments ?? []) as MessageAttachment[]).map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no ids
        <Attachment key={index} attachment={attachment} />
      ))}
    </>
  )
}
