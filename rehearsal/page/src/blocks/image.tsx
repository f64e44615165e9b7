import type { ImageBlock } from '@slack/types'
import { TextObject } from '../text/mrkdwn.tsx'

/** The address of an image given by address or as one of the workspace's files. */
export function imageAddress(image: object): string | undefined {
  if ('image_url' in image && typeof image.image_url === 'string') return image.image_url
  const file = 'slack_file' in image ? (image.slack_file as { url?: string }) : undefined
  return file?.url
}

export function BlockImage({ block }: { block: ImageBlock }) {
  return (
    <figure className="image-block">
      {block.title && (
        <figcaption>
          <TextObject text={block.title} />
        </figcaption>
      )}
      <img src={imageAddress(block)} alt={block.alt_text} />
    </figure>
  )
}
