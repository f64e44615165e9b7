import type { FileInput } from '@slack/types'
import { useSurface } from '../blocks/surface.tsx'
import { stateOf } from '../blocks/values.ts'
import { Icon } from '../ui/icons.tsx'
import { type FieldProps, fieldAttributes } from './field.ts'

/** A file chosen in a modal: its bytes travel in the state, base64, and the workspace stores them. */
interface ChosenFile {
  name: string
  mimetype: string
  size: number
  data: string
}

async function read(file: File): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return {
    name: file.name,
    mimetype: file.type || 'application/octet-stream',
    size: file.size,
    data: btoa(binary),
  }
}

/** file_input. */
export function FileField(props: FieldProps<FileInput>) {
  const { element, blockId } = props
  const { values, set } = useSurface()
  const files = (stateOf(values, blockId, element)?.files ?? []) as ChosenFile[]
  const keep = (next: ChosenFile[]) =>
    set(blockId, element.action_id ?? '', { type: element.type, files: next })
  const most = element.max_files ?? 10
  return (
    <div className="file-field">
      <input
        {...fieldAttributes(props)}
        type="file"
        multiple={most > 1}
        accept={element.filetypes?.map(type => `.${type}`).join(',')}
        onChange={async event => {
          const chosen = await Promise.all([...(event.target.files ?? [])].map(read))
          keep([...files, ...chosen].slice(0, most))
        }}
      />
      <ul>
        {files.map(file => (
          <li key={file.name} className="chip">
            {file.name}
            <button
              type="button"
              aria-label={`Remove ${file.name}`}
              onClick={() => keep(files.filter(each => each !== file))}
            >
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
