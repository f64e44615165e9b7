/** Marks of a picture that would lie over each other, moved apart. */

interface Point {
  x: number
  y: number
}

export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
}

/** Rounds of pushing; hundreds of marks in one spot come as far apart as these take them. */
const TURNS = 60
/** Turns each mark on one spot into another direction than those before (the golden angle, radians). */
const TURN = 2.399963

/**
 * The marks moved apart until their middles are `least` (pixels) from each other, each as little as it takes, inside
 * the frame. In the order given, and the same for the same marks.
 */
export function apart<T extends Point>(marks: readonly T[], least: number, frame: Frame): T[] {
  const moved = marks.map(mark => ({ ...mark }))
  for (let turn = 0; turn < TURNS && pushed(moved, least); turn++)
    for (const mark of moved) {
      mark.x = Math.min(frame.right, Math.max(frame.left, mark.x))
      mark.y = Math.min(frame.bottom, Math.max(frame.top, mark.y))
    }
  return moved
}

/** Pushes each two that are too near from each other; false where none are. */
function pushed(marks: readonly Point[], least: number): boolean {
  let any = false
  for (const [index, a] of marks.entries())
    for (let other = index + 1; other < marks.length; other++) {
      const b = marks[other] as Point
      const [dx, dy] = [b.x - a.x, b.y - a.y]
      if (Math.abs(dx) >= least || Math.abs(dy) >= least) continue
      const distance = Math.hypot(dx, dy)
      if (distance >= least) continue
      any = true
      const angle = distance < 0.01 ? other * TURN : Math.atan2(dy, dx)
      const push = (least - distance) / 2 + 0.1
      a.x -= Math.cos(angle) * push
      a.y -= Math.sin(angle) * push
      b.x += Math.cos(angle) * push
      b.y += Math.sin(angle) * push
    }
  return any
}
