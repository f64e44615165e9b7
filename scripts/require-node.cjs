'use strict'
// Older versions cannot even read src/main.ts, so this asks before: plain CommonJS that any Node understands.
const needed = 24
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    `Tocsin needs Node ${needed} or later; this is ${process.version}.\n` +
      '  → Run "npm ci" without leaving out development packages, which brings Node along,\n' +
      '    or install Node 24: https://nodejs.org/en/download',
  )
  process.exit(78)
}
