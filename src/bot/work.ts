/** Work under way, so that a stop can wait for what goes on after an answer. */
export interface UnderWay {
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is under way, or after `patience` ms with the number of pieces left. */
  finished(patience: number): Promise<number>
}

export function createUnderWay(): UnderWay {
  const pieces = new Set<Promise<unknown>>()
  return {
    track(work) {
      const piece = work.then(
        () => {},
        () => {},
      )
      pieces.add(piece)
      void piece.then(() => pieces.delete(piece))
      return work
    },
    async finished(patience) {
      let timer: NodeJS.Timeout | undefined
      const enough = new Promise<void>(resolve => {
        timer = setTimeout(resolve, patience)
      })
      let given = false
      void enough.then(() => {
        given = true
      })
      while (pieces.size > 0 && !given) await Promise.race([Promise.all(pieces), enough])
      clearTimeout(timer)
      return pieces.size
    },
  }
}
