import { Fragment, type ReactNode } from 'react'
import { type Node, NodeType, parse } from 'slack-message-parser'
import { emoji, plainText, unescapeEntities } from './emoji.ts'
import { Broadcast, ChannelMention, Link, SlackDate, UserMention } from './entities.tsx'

function lines(text: string): ReactNode {
  return text.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
    <Fragment key={index}>
      {index > 0 && <br />}
      {unescapeEntities(line)}
    </Fragment>
  ))
}

function command(name: string, args: string[], label: ReactNode): ReactNode {
  if (name === 'date' && args.length >= 2)
    return <SlackDate seconds={Number(args[0])} format={args[1]!} url={args[2]} />
  if (name === 'subteam') return <span className="mention">{label ?? '@group'}</span>
  return <Broadcast name={name} />
}

function render(node: Node): ReactNode {
  switch (node.type) {
    case NodeType.Text:
      return lines(node.text)
    case NodeType.UserLink:
      return <UserMention id={node.userID} label={node.label && renderAll(node.label)} />
    case NodeType.ChannelLink:
      return <ChannelMention id={node.channelID} label={node.label && renderAll(node.label)} />
    case NodeType.URL:
      return (
        <Link url={unescapeEntities(node.url)}>
          {node.label ? renderAll(node.label) : unescapeEntities(node.url)}
        </Link>
      )
    case NodeType.Command:
      return command(node.name, node.arguments, node.label && renderAll(node.label))
    case NodeType.Emoji:
      return emoji(node.name)
    case NodeType.PreText:
      return <pre>{unescapeEntities(node.text).replace(/^\n|\n$/g, '')}</pre>
    case NodeType.Code:
      return <code>{unescapeEntities(node.text)}</code>
    case NodeType.Italic:
      return <em>{renderAll(node.children)}</em>
    case NodeType.Bold:
      return <strong>{renderAll(node.children)}</strong>
    case NodeType.Strike:
      return <s>{renderAll(node.children)}</s>
    case NodeType.Quote:
      return <blockquote>{renderAll(node.children)}</blockquote>
    case NodeType.Root:
      return renderAll(node.children)
  }
}

function renderAll(nodes: Node[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text has no ids
  return nodes.map((node, index) => <Fragment key={index}>{render(node)}</Fragment>)
}

/** Slack ends code before a colon too; the parser does so before white space, here the thinnest there is. */
const closeCode = (text: string) => text.replace(/(`[^`\n]+`)(?=[:;])/g, '$1\u200a')

/** A quotation begins with `>` whether or not the app escaped it; the parser knows the escaped one alone. */
const markQuotes = (text: string) => text.replace(/^>(?:>>)?/gm, mark => mark.replaceAll('>', '&gt;'))

/** Text in Slack's mark-up. Escaped mark-up is shown as characters, never obeyed. */
export function Mrkdwn({ text }: { text: string }) {
  return <>{render(parse(markQuotes(closeCode(text))))}</>
}

/** A Block Kit text object, of either type. */
export function TextObject({ text }: { text: { type: string; text: string } }) {
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : lines(plainText(text.text))
}
