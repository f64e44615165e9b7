/** The gateway's page: ring, write, and see what went out. */
export function page(
  numbers: readonly { number: string; label: string }[],
  sent: readonly { to: string; body: string }[],
): string {
  const options = numbers.map(
    ({ number, label }) => `<option value="${safe(number)}">${safe(label)} ${safe(number)}</option>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Telephones of the field</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;border:1px solid #868686;border-radius:4px}
button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0;border:1px solid #1d1c1d;border-radius:4px;background:#fff;cursor:pointer}
button.first{background:#1d1c1d;color:#fff} li{margin:.5rem 0} code{background:#f1f1f1;padding:0 .25rem}
</style>
<h1>Telephones of the field</h1>
<p>Somebody in the field rings or writes to a number of the mission. What the bot sends to telephones arrives below.</p>
<form method="post" action="/field">
<label for="from">From</label><input id="from" name="from" value="+999770000001" autocomplete="off">
<label for="to">To</label><select id="to" name="to">${options.join('')}</select>
<label for="text">Text</label><textarea id="text" name="text" rows="3">A KARAMBA 50 ARMED</textarea>
<button class="first" name="kind" value="text">Send the text</button><button name="kind" value="call">Let it ring once</button>
</form>
<h2>Texts the bot sent</h2>
<ul id="sent">${sent.map(({ to, body }) => `<li><code>${safe(to)}</code> ${safe(body)}</li>`).join('')}</ul>
<script>
setInterval(async () => {
  const sent = await (await fetch('/sent.json')).json()
  document.getElementById('sent').replaceChildren(...sent.toReversed().map(({ to, body }) => {
    const item = document.createElement('li'), code = document.createElement('code')
    code.textContent = to
    item.append(code, ' ' + body)
    return item
  }))
}, 2000)
</script></html>`
}

const safe = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
