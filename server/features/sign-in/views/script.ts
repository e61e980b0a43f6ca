import { html } from '#server/http/html.ts'

/**
 * Comfort for those whose phone runs scripts: nothing is sent twice, a code sends itself, the waiting time counts down. Says nothing
 * itself: its words stand in the page. Written for old browsers; a code from a text is offered only where the browser knows how.
 */
export const script = html`(()=>{
const find=(what)=>document.querySelector(what)
let sent=false
document.addEventListener('submit',(event)=>{
if(sent)event.preventDefault()
else{sent=true;setTimeout(()=>{sent=false},8000)}
})
addEventListener('pageshow',()=>{sent=false})
const who=find('#identifier')
if(who)who.addEventListener('input',()=>{who.inputMode=/^\\s*(\\+|0\\d)/.test(who.value)?'tel':'text'})
const code=find('#code')
if(code){
let tried=''
const take=(text)=>{
const digits=text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g,(each)=>each.charCodeAt(0)%16).replace(/[\\s-]/g,'')
if(digits!==code.value)code.value=digits
if(/^\\d{6}$/.test(digits)&&digits!==tried){tried=digits;find('#go').click()}
}
code.addEventListener('input',()=>take(code.value))
if(self.OTPCredential){
const stop=new AbortController()
document.addEventListener('submit',()=>stop.abort())
navigator.credentials.get({otp:{transport:['sms']},signal:stop.signal}).then((found)=>take(found.code),()=>{})
}
}
const again=find('[data-wait]')
if(again){
const label=again.textContent,until=Date.now()+again.dataset.wait*1000
const tick=()=>{
const left=Math.ceil((until-Date.now())/1000)
again.disabled=left>0
again.textContent=left>0?again.dataset.label.replace('{seconds}',left):label
if(left>0)setTimeout(tick,1000)
else find('#wait').textContent=again.dataset.ready
}
tick()
}
})()`

/** Beside it on pages with a password: a button that shows what is typed. It hides it again before it is sent, so that managers know it for what it is. */
export const revealing = html`;(()=>{
Array.prototype.forEach.call(document.querySelectorAll('[data-reveals]'),(button)=>{
const field=document.getElementById(button.dataset.reveals),show=button.textContent
button.hidden=false
button.addEventListener('click',()=>{
const isShown=field.type==='text'
field.type=isShown?'password':'text'
button.textContent=isShown?show:button.dataset.hide
field.focus()
})
document.addEventListener('submit',()=>{field.type='password'})
})
})()`
