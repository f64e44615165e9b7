import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

/** DejaVu has every letter of Latin, Greek, Cyrillic, Arabic and more; it is embedded, so that any printer prints it. */
const require = createRequire(import.meta.url)
const font = (name: string) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
const REGULAR = font('DejaVuSans')
const BOLD = font('DejaVuSans-Bold')

const MARGIN = 42
const FOOT = 34
const GREY = '#444444'

export interface PaperOptions {
  /** `en`, `fr`: in which a screen reader speaks it. */
  language: string
  title: string
  /** The line at the foot of page `page` of `pages`. */
  foot(page: number, pages: number): string
}

/** An A4 document of headings and lines, large enough to be read by torchlight, with its structure for screen readers. */
export class Paper {
  readonly #doc: PDFKit.PDFDocument
  readonly #root: PDFKit.PDFStructureElement
  readonly #options: PaperOptions
  readonly #bytes: Promise<Uint8Array>

  constructor(options: PaperOptions) {
    this.#options = options
    this.#doc = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      pdfVersion: '1.7',
      tagged: true,
      lang: options.language,
      displayTitle: true,
      bufferPages: true,
      info: { Title: options.title, Producer: 'Tocsin', Creator: 'Tocsin' },
    })
    this.#doc.registerFont('regular', REGULAR).registerFont('bold', BOLD)
    this.#root = this.#doc.struct('Document')
    this.#doc.addStructure(this.#root)
    this.#bytes = collect(this.#doc)
  }

  title(text: string): void {
    this.#paragraph('H1', text, { size: 22, bold: true, after: 4 })
  }

  /** A heading that stands on a page with at least `room` points below it. */
  heading(text: string, room = 110): void {
    this.keep(room)
    this.#doc.moveDown(0.6)
    this.#paragraph('H2', text, { size: 17, bold: true, after: 4 })
    this.rule(1.4)
  }

  text(text: string, options: { size?: number; bold?: boolean; indent?: number; grey?: boolean } = {}): void {
    this.#paragraph('P', text, { size: 12, after: 3, ...options })
  }

  /** A line with words on the left and a telephone number, large, on the right; the words below it keep with it. */
  entry(left: string, right: string | null, below: readonly string[]): void {
    const width = this.#width
    const leftWidth = right ? width - 175 : width
    const height =
      this.#height(left, 'bold', 13.5, leftWidth) +
      below.reduce((sum, line) => sum + this.#height(line, 'regular', 12, leftWidth) + 2, 0)
    this.keep(height + 12)
    const doc = this.#doc
    const top = doc.y
    this.#say('P', () => {
      doc.font('bold').fontSize(13.5).fillColor('black').text(left, MARGIN, top, { width: leftWidth })
      for (const line of below)
        doc.font('regular').fontSize(12).text(line, { width: leftWidth, paragraphGap: 2 })
    })
    const bottom = doc.y
    if (right) {
      this.#say('P', () => {
        doc
          .font('bold')
          .fontSize(15)
          .text(right, MARGIN + width - 170, top, { width: 170, align: 'right' })
      })
    }
    doc.x = MARGIN
    doc.y = Math.max(bottom, doc.y) + 3
    this.rule(0.5)
  }

  rule(weight: number): void {
    const doc = this.#doc
    const y = doc.y
    doc.markContent('Artifact', { type: 'Layout' })
    doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + this.#width, y)
      .lineWidth(weight)
      .strokeColor('#888888')
      .stroke()
    doc.endMarkedContent()
    doc.y = y + 5
  }

  /** Begins a page unless `room` points are left on this one. */
  keep(room: number): void {
    if (this.#doc.y + room > this.#doc.page.height - MARGIN - FOOT) this.page()
  }

  page(): void {
    this.#doc.addPage()
  }

  /** Writes the foot of every page and closes the document. */
  finish(): Promise<Uint8Array> {
    const doc = this.#doc
    const { start, count } = doc.bufferedPageRange()
    for (let index = start; index < start + count; index++) {
      doc.switchToPage(index)
      // Below the margin text would begin a page of its own.
      doc.page.margins.bottom = 0
      doc.markContent('Artifact', { type: 'Pagination' })
      doc
        .font('regular')
        .fontSize(10)
        .fillColor(GREY)
        .text(this.#options.foot(index - start + 1, count), MARGIN, doc.page.height - MARGIN - 8, {
          width: this.#width,
          align: 'center',
          lineBreak: false,
        })
      doc.endMarkedContent()
    }
    this.#root.end()
    doc.end()
    return this.#bytes
  }

  get #width(): number {
    return this.#doc.page.width - 2 * MARGIN
  }

  #height(text: string, face: string, size: number, width: number): number {
    return this.#doc.font(face).fontSize(size).heightOfString(text, { width })
  }

  #paragraph(
    kind: string,
    text: string,
    {
      size,
      bold,
      after,
      indent = 0,
      grey,
    }: {
      size: number
      bold?: boolean
      after: number
      indent?: number
      grey?: boolean
    },
  ): void {
    const width = this.#width - indent
    this.keep(this.#height(text, bold ? 'bold' : 'regular', size, width))
    const doc = this.#doc
    this.#say(kind, () => {
      doc
        .font(bold ? 'bold' : 'regular')
        .fontSize(size)
        .fillColor(grey ? GREY : 'black')
        .text(text, MARGIN + indent, doc.y, { width })
    })
    doc.x = MARGIN
    doc.y += after
  }

  #say(kind: string, draw: () => void): void {
    const element = this.#doc.struct(kind, {}, [draw])
    this.#root.add(element)
    element.end()
  }
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
    doc.on('error', reject)
  })
}
