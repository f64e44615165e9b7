import { useEffect, useState } from 'react'
import { Blocks } from './blocks/blocks.tsx'
import { SurfaceProvider } from './blocks/surface.tsx'
import { type Values, withBlockIds } from './blocks/values.ts'
import { PrivateNotice } from './panes.tsx'
import { useWorkspace } from './workspace.tsx'

/** The app's Home tab. Opening it tells the app, which answers by publishing. */
export function Home() {
  const { home, act, app } = useWorkspace()
  const [values, setValues] = useState<Values>({})
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    void act({ do: 'openHome' })
  }, [act])
  const blocks = withBlockIds(home?.blocks as unknown[] | undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="home" aria-label={`${app.name} home`} tabIndex={0}>
      {failure && <PrivateNotice>{failure}</PrivateNotice>}
      {blocks.length === 0 && <p className="empty">{app.name} has not published a home for you yet.</p>}
      <SurfaceProvider
        surface={{ kind: 'home' }}
        blocks={blocks}
        values={values}
        onChange={setValues}
        onFailure={setFailure}
      >
        <Blocks blocks={blocks} />
      </SurfaceProvider>
    </section>
  )
}
