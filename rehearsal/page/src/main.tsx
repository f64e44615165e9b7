import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './styles/base.css'
import './styles/sidebar.css'
import './styles/layout.css'
import './styles/message.css'
import './styles/blocks.css'
import './styles/inputs.css'
import './styles/modal.css'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
