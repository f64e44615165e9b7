import type { RichTextBlock, RichTextElement } from '@slack/types'
import { Fragment, type ReactNode } from 'react'
import { emoji } from './emoji.ts'
import { Broadcast, ChannelMention, Link, SlackDate, UserMention } from './entities.tsx'

type Part = RichTextBlock['elements'][number]

function styled(content: ReactNode, style: Record<string, boolean | undefined> | undefined): ReactNode {
  let result = content
  if (style?.code) result = <code>{result}</code>
  if (style?.bold) result = <strong>{result}</strong>
  if (style?.italic) result = <em>{result}</em>
  if (style?.strike) result = <s>{result}</s>
  return result
}

/** People paste bare addresses; they become links, as in Slack. */
function withLinks(text: string): ReactNode {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no ids
      <Link key={index} url={piece}>
        {piece}
      </Link>
    ) : (
      piece
    ),
  )
}

function inline(element: RichTextElement): ReactNode {
  switch (element.type) {
    case 'text':
      return withLinks(element.text)
    case 'link':
      return <Link url={element.url}>{element.text ?? element.url}</Link>
    case 'user':
      return <UserMention id={element.user_id} />
    case 'channel':
      return <ChannelMention id={element.channel_id} />
    case 'usergroup':
      return <span className="mention">@group</span>
    case 'broadcast':
      return <Broadcast name={element.range} />
    case 'emoji':
      return emoji(element.name)
    case 'date':
      return <SlackDate seconds={element.timestamp} format={element.format} url={element.url} />
    case 'color':
      return <code>{element.value}</code>
    default:
      return null
  }
}

function inlines(elements: RichTextElement[]): ReactNode {
  return elements.map((element, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no ids
    <Fragment key={index}>
      {styled(inline(element), 'style' in element ? { ...element.style } : undefined)}
    </Fragment>
  ))
}

function part(each: Part): ReactNode {
  switch (each.type) {
    case 'rich_text_section':
      return <div className="pre-line">{inlines(each.elements)}</div>
    case 'rich_text_preformatted':
      return <pre>{inlines(each.elements)}</pre>
    case 'rich_text_quote':
      return <blockquote className="pre-line">{inlines(each.elements)}</blockquote>
    case 'rich_text_list': {
      const List = each.style === 'ordered' ? 'ol' : 'ul'
      return (
        <List style={{ marginInlineStart: `${(each.indent ?? 0) * 1.2}rem` }}>
          {each.elements.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no ids
            <li key={index}>{'elements' in item ? inlines(item.elements as RichTextElement[]) : null}</li>
          ))}
        </List>
      )
    }
  }
}

/** A rich_text block: what Slack's own composer makes, and the cells of tables. */
export function RichText({ block }: { block: RichTextBlock }) {
  return (
    <div className="rich-text">
      {block.elements.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no ids
        <Fragment key={index}>{part(each)}</Fragment>
      ))}
    </div>
  )
}
