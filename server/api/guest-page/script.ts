/**
 * The page's one script, as text: it is sent as it stands here and uses nothing from outside. It makes the hold gesture
 * (pointer, Space, Enter, or two steps), one requestId for each, and follows the opening to its honest end.
 */
export const script = String.raw`
(function(){
'use strict';
var root=document.documentElement,doc=document,cfg=JSON.parse(doc.getElementById('cfg').textContent),T=cfg.texts;
root.classList.add('js');
function pad(n){return String(n).padStart(2,'0')}
function own(iso,zone,full){
  var at=new Date(iso),o={weekday:'short',day:'numeric',month:'short',hour:'2-digit',minute:'2-digit',hourCycle:'h23'};
  try{
    var there=at.toLocaleString('en-GB',Object.assign({timeZone:zone},o)),here=at.toLocaleString('en-GB',o);
    if(there===here)return '';
    return full?at.toLocaleString(cfg.locale,o):pad(at.getHours())+':'+pad(at.getMinutes());
  }catch(e){return ''}
}
function beside(el,text){
  if(!text)return;
  var s=doc.createElement('span');s.className='own';s.textContent=' ('+el.dataset.yours.replace('{time}',text)+')';el.after(s);
}
doc.querySelectorAll('time[data-zone]').forEach(function(el){beside(el,own(el.dateTime,el.dataset.zone,true))});
doc.querySelectorAll('[data-hours-from]').forEach(function(el){
  var a=own(el.dataset.hoursFrom,el.dataset.zone),b=own(el.dataset.hoursUntil,el.dataset.zone);
  if(a&&b)beside(el,a+'–'+b);
});
function ask(path,init,ms){
  var limit=new AbortController(),t=setTimeout(function(){limit.abort()},ms);
  return fetch(cfg.base+path,Object.assign({cache:'no-store',headers:{Accept:'application/json'},signal:limit.signal},init)).finally(function(){clearTimeout(t)});
}
var state=cfg.state,running=false,done=false,last,asks=0,told=0,heard=Date.now();
function watch(){
  if(doc.hidden)return;
  var n=++asks;
  ask('/state',{},4000).then(function(r){return r.ok?r.json():{}}).then(function(now){
    if(!now.state)throw 0;
    if(n<told)return;
    told=n;heard=Date.now();
    if(running)return;
    if(now.doors&&form){
      now.doors.forEach(function(one){doors.forEach(function(d){if(d.value===one.id){d.dataset.bolt=one.bolt;d.dataset.offline=one.isOffline?'1':'0'}})});
      if(now.uses)doc.getElementById('uses').textContent=now.uses;
      chosen();
    }
    if(now.state===state)return;
    if(done&&now.state==='used-up'){state=now.state;if(button){button.setAttribute('aria-disabled','true');button.setAttribute('data-off','');ready.textContent=T.submit;two.disabled=true}
      note.append(' '+T.used);return}
    // What came of the own request is told on the page that comes.
    if(last)location.replace(cfg.base+'?request='+last);
    else if(location.pathname===cfg.base)location.reload();else location.replace(cfg.base);
  }).catch(function(){
    if(!form||running||Date.now()-heard<5000)return;
    doors.forEach(function(d){d.dataset.bolt='unknown'});chosen();
  });
}
if(state){setInterval(watch,state==='away'?5000:900);doc.addEventListener('visibilitychange',watch)}
var form=doc.getElementById('open');
if(!form)return;
var doors=form.querySelectorAll('[name=door]'),button=doc.getElementById('hold'),note=doc.getElementById('note'),steps=doc.getElementById('steps'),ready=doc.getElementById('ready'),
  two=doc.getElementById('two'),askBox=doc.getElementById('ask'),askText=doc.getElementById('ask-text'),yes=doc.getElementById('yes'),no=doc.getElementById('no'),
  pinBox=doc.getElementById('pin-box'),pin=doc.getElementById('pin'),stage=doc.querySelector('.stage'),lapse,asked,pressed=false,stale=false;
function door(){var c=form.querySelector('[name=door]:checked')||form.querySelector('[name=door]');return c}
function chosen(){
  var d=door();
  if(pinBox)pinBox.hidden=d.dataset.pin!=='1';
  if(stage&&!running)stage.dataset.lock=d.dataset.bolt;
  var off=doc.getElementById('offline');if(off)off.hidden=d.dataset.offline!=='1';
  if(!askBox.hidden&&d!==asked){closeAsk(false);say(T.lapsed)}
}
form.addEventListener('change',chosen);chosen();
function say(text,tone,ref){
  note.textContent=text||'';
  if(tone)note.dataset.tone=tone;else delete note.dataset.tone;
  if(ref){var s=doc.createElement('small');s.textContent=T.reference.replace('{id}',ref);note.append(s)}
}
function step(name,ms){
  var li=steps.querySelector('[data-step='+name+']');if(!li||li.lastElementChild.textContent)return;
  li.setAttribute('data-done','');
  li.lastElementChild.textContent=ms===undefined?'':ms<1000?Math.max(0,Math.round(ms))+' ms':(ms/1000).toLocaleString(cfg.locale,{maximumFractionDigits:1})+' s';
}
function newId(){
  if(crypto.randomUUID)return crypto.randomUUID();
  var b=crypto.getRandomValues(new Uint8Array(16));b[6]=b[6]&15|64;b[8]=b[8]&63|128;
  var h=Array.from(b,function(x){return x.toString(16).padStart(2,'0')}).join('');
  return [h.slice(0,8),h.slice(8,12),h.slice(12,16),h.slice(16,20),h.slice(20)].join('-');
}
function wait(ms){return new Promise(function(r){setTimeout(r,ms)})}
function finish(text,tone,ref){
  running=false;done=true;told=++asks;chosen();button.removeAttribute('aria-disabled');ready.textContent=tone==='calm'?T.hold:T.again;two.disabled=false;
  say(text,tone,ref);watch();
}
async function open(d){
  closeAsk(false);
  if(running){say(T.joins,'notice');return}
  var code=d.dataset.pin==='1'?pin.value.trim():'';
  if(d.dataset.pin==='1'&&!/^\d{4,8}$/.test(code)){say(T.pinMissing,'alarm');pin.focus();return}
  var id=newId(),began=Date.now(),body=new URLSearchParams({door:d.value,requestId:id});
  if(code)body.set('pin',code);
  // Where there are several doors another one may be chosen meanwhile.
  var at=doors.length>1?d.dataset.name+': ':'';
  function tell(text,tone){say(at+text,tone)}
  function end(text,tone,ref){finish(at+text,tone,ref)}
  running=true;last=id;button.setAttribute('aria-disabled','true');ready.textContent=T.busy;two.disabled=true;
  steps.hidden=false;steps.querySelectorAll('li').forEach(function(li){li.removeAttribute('data-done');li.lastElementChild.textContent=''});
  tell(T.asking);note.scrollIntoView({block:'nearest'});
  var reply,ref,o,said;
  function most(ms){return Math.max(0,Math.min(ms,began+10000-Date.now()))}
  while(Date.now()-began<8000){
    try{
      reply=await ask('/open',{method:'POST',body:body},most(5000));
      ref=reply.headers.get('X-Request-Id');
      if(reply.status!==503)break;
    }catch(e){}
    reply=undefined;tell(T.retrying,'notice');await wait(600);
  }
  function refuse(text){steps.hidden=true;end(text,'alarm',ref)}
  if(reply&&!reply.ok&&reply.status<500){
    refuse(reply.status===401?T.pinWrong:reply.status===429?T.limited.replace('{seconds}',reply.headers.get('Retry-After')||'60'):T.refused);return;
  }
  // A fault of the service says nothing of the door: what became of the request is looked up.
  if(reply&&reply.ok){step('sent');tell(T.sent)}else tell(T.unresolved,'notice');
  while(Date.now()-began<10000){
    try{
      var r=await ask('/openings/'+encodeURIComponent(id),{},most(3000));
      if(r.status===404&&reply&&!reply.ok){refuse(T.refused);return}
      o=r.ok?await r.json():undefined;
    }catch(e){o=undefined}
    if(o){
      var t0=Date.parse(o.createdAt),first=[o.sentAt,o.acceptedAt].filter(Boolean).sort()[0];
      if(first)step('sent',Date.parse(first)-t0);
      if(o.acceptedAt)step('accepted',Date.parse(o.acceptedAt)-t0);
      if(o.status==='confirmed'){
        step('confirmed',Date.parse(o.outcomeAt)-t0);d.dataset.bolt='in';
        if(navigator.vibrate)navigator.vibrate([20,40,20]);
      }
      if(o.isOver){end(T[o.say],o.tone,o.tone==='calm'?undefined:id);return}
      if(o.say!==said)tell(T[said=o.say],o.tone);
    }
    await wait(250);
  }
  end(o?T.unconfirmed:reply||said?T.lost:T.silent,'notice',id);
}
function openAsk(){
  if(running||button.hasAttribute('data-off'))return;
  stale=pressed;asked=door();askText.textContent=T.ask.replace('{door}',function(){return asked.dataset.name});askBox.hidden=false;two.hidden=true;yes.focus();
  clearTimeout(lapse);lapse=setTimeout(function(){if(!askBox.hidden){closeAsk(true);say(T.lapsed)}},8000);
}
function closeAsk(back){clearTimeout(lapse);askBox.hidden=true;two.hidden=false;if(back)button.focus()}
two.addEventListener('click',openAsk);yes.addEventListener('click',function(e){if(stale&&e.detail===0)return;button.focus();open(asked)});no.addEventListener('click',function(){closeAsk(true)});
var timer,held=false;
function stop(){clearTimeout(timer);held=false;button.removeAttribute('data-holding')}
function begin(){
  if(held||button.hasAttribute('data-off'))return;
  if(running){say(T.joins,'notice');return}
  held=true;button.setAttribute('data-holding','');ready.textContent=T.holding;if(navigator.vibrate)navigator.vibrate(10);
  var d=door();timer=setTimeout(function(){stop();open(d)},800);
}
function release(){if(!held)return;stop();ready.textContent=done?T.again:T.hold;say(T.released)}
function isKey(e){return (e.key===' '||e.key==='Enter')&&!e.ctrlKey&&!e.metaKey&&!e.altKey}
// The key that asked the question does not answer it: it must be let go first.
addEventListener('keydown',function(e){if(isKey(e))pressed=true},true);
function letGo(){pressed=stale=false}
addEventListener('keyup',function(e){if(e.key===' '||e.key==='Enter')letGo()},true);addEventListener('pointerdown',letGo,true);addEventListener('blur',letGo);
button.addEventListener('pointerdown',function(e){if(e.button===0&&e.isPrimary)begin()});
addEventListener('pointerup',release);addEventListener('pointercancel',release);addEventListener('blur',release);
button.addEventListener('pointermove',function(e){
  if(!held)return;var b=button.getBoundingClientRect(),s=24;
  if(e.clientX<b.left-s||e.clientX>b.right+s||e.clientY<b.top-s||e.clientY>b.bottom+s)release();
});
button.addEventListener('keydown',function(e){if(!isKey(e))return;e.preventDefault();if(!e.repeat)begin()});
button.addEventListener('keyup',function(e){if(!isKey(e))return;e.preventDefault();release()});
button.addEventListener('blur',release);
button.addEventListener('click',function(e){e.preventDefault();if(e.detail===0&&!held)openAsk()});
button.addEventListener('contextmenu',function(e){e.preventDefault()});
form.addEventListener('submit',function(e){e.preventDefault();openAsk()});
})();
`;
