import type { FileSummary } from '../../protocol.ts'
import { Icon } from './ui/icons.tsx'

function readableSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${kilo.toFixed(0)} kB` : `${(kilo / 1024).toFixed(1)} MB`
}

/** The files of a message: pictures are shown, others offered. */
export function Files({ files }: { files?: FileSummary[] }) {
  if (!files?.length) return null
  return (
    <div className="files">
      {files.map(file =>
        file.mimetype.startsWith('image/') ? (
          <figure key={file.id} className="image-block">
            <figcaption>{file.title || file.name}</figcaption>
            <a href={file.url} target="_blank" rel="noreferrer">
              <img src={file.url} alt={file.altText ?? file.title ?? file.name} />
            </a>
          </figure>
        ) : (
          <a key={file.id} className="file-card" href={file.url} target="_blank" rel="noreferrer">
            <Icon name="file" size={26} />
            <span>
              <strong>{file.title || file.name}</strong>
              <small>
                {file.name} · {readableSize(file.size)}
              </small>
            </span>
          </a>
        ),
      )}
    </div>
  )
}
