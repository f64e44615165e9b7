import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types'
import { lazy, Suspense, useId } from 'react'
import { ActionElement, Field } from '../inputs/element.tsx'
import { TextObject } from '../text/mrkdwn.tsx'
import { RichText } from '../text/rich-text.tsx'
import { DataTable } from './data-table.tsx'
import { BlockImage, imageAddress } from './image.tsx'
import { useSurface } from './surface.tsx'
import { Table } from './table.tsx'
import type { Interactive } from './values.ts'

/** The library is large and rarely needed: it is loaded with the first block that asks for it. */
const LibraryBlock = lazy(async () => ({ default: (await import('./library.tsx')).LibraryBlock }))

function Section({ block }: { block: SectionBlock }) {
  const textId = useId()
  const { accessory } = block
  return (
    <div className={accessory ? 'section with-accessory' : 'section'}>
      <div className="section-main">
        {block.text && (
          <div className="section-text" id={textId}>
            <TextObject text={block.text} />
          </div>
        )}
        {block.fields && (
          <div className="section-fields">
            {block.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a block's fields have no ids
              <div key={index}>
                <TextObject text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="section-accessory">
          {accessory.type === 'image' ? (
            <img className="accessory-image" src={imageAddress(accessory)} alt={accessory.alt_text} />
          ) : (
            <ActionElement
              element={accessory as Interactive}
              blockId={block.block_id!}
              labelledBy={accessory.type === 'button' ? undefined : block.text && textId}
            />
          )}
        </div>
      )}
    </div>
  )
}

function Context({ block }: { block: ContextBlock }) {
  return (
    <div className="context">
      {block.elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block's elements have no ids
        <span key={index} className="context-element">
          {element.type === 'image' ? (
            <img src={imageAddress(element)} alt={element.alt_text} />
          ) : (
            <TextObject text={element} />
          )}
        </span>
      ))}
    </div>
  )
}

function Input({ block }: { block: Extract<KnownBlock, { type: 'input' }> }) {
  const { errors } = useSurface()
  const id = useId()
  const blockId = block.block_id!
  const error = errors[blockId]
  const isGroup = block.element.type === 'checkboxes' || block.element.type === 'radio_buttons'
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ')
  const label = (
    <>
      <TextObject text={block.label} />
      {block.optional && <span className="optional"> (optional)</span>}
    </>
  )
  return (
    <div className={error ? 'input-block invalid' : 'input-block'} data-block-id={blockId}>
      {isGroup ? (
        <span className="input-label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className="input-label" id={`${id}-label`} htmlFor={`${id}-field`}>
          {label}
        </label>
      )}
      <Field
        element={block.element}
        blockId={blockId}
        fieldId={`${id}-field`}
        labelledBy={`${id}-label`}
        describedBy={described || undefined}
        invalid={!!error}
        dispatches={block.dispatch_action === true}
      />
      {error && (
        <p className="input-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p className="input-hint" id={`${id}-hint`}>
          <TextObject text={block.hint} />
        </p>
      )}
    </div>
  )
}

function OneBlock({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />
    case 'context':
      return <Context block={block} />
    case 'header': {
      return (
        <h3 className="header-block">
          <TextObject text={block.text} />
        </h3>
      )
    }
    case 'divider':
      return <hr />
    case 'image':
      return <BlockImage block={block} />
    case 'actions':
      return (
        <div className="actions">
          {(block.elements as Interactive[]).map((element, index) => (
            <ActionElement key={element.action_id ?? index} element={element} blockId={block.block_id!} />
          ))}
        </div>
      )
    case 'input':
      return <Input block={block} />
    case 'rich_text':
      return <RichText block={block} />
    case 'table':
      return <Table block={block} />
    case 'data_table':
      return <DataTable block={block} />
    case 'alert':
      return (
        <div className={`alert alert-${block.level ?? 'default'}`} role="status">
          <TextObject text={block.text} />
        </div>
      )
    default:
      return (
        <Suspense>
          <LibraryBlock block={block} />
        </Suspense>
      )
  }
}

/** A surface's blocks in order. Each must have its block_id (see `withBlockIds`). */
export function Blocks({ blocks }: { blocks: KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map(block => (
        <OneBlock key={block.block_id} block={block} />
      ))}
    </div>
  )
}
