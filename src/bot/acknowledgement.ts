/** What Slack receives as the answer to a request; undefined is the empty answer. */
export type Answer = Record<string, unknown> | undefined

/** The one answer Slack gets to a request. */
export interface Acknowledgement {
  /** Sends the answer; the first call counts. Rejects when it could not be sent. */
  send(answer?: Answer): Promise<void>
  readonly sent: boolean
  /** Resolves with the answer when it is sent, so that a second delivery can get the same. */
  readonly answer: Promise<Answer>
}

/**
 * Wraps the transport's answer so that it is given exactly once.
 *
 * @param onRepeated told of a second answer that differs from silence: it is lost, which is a mistake in our code.
 */
export function acknowledgeOnce(
  transport: (answer: Answer) => Promise<void>,
  onRepeated: (lost: Answer) => void,
): Acknowledgement {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  let sending: Promise<void> | undefined
  return {
    send(answer) {
      if (sending) {
        if (answer !== undefined) onRepeated(answer)
        return sending
      }
      resolve(answer)
      sending = transport(answer)
      return sending
    },
    get sent() {
      return sending !== undefined
    },
    answer: promise,
  }
}
