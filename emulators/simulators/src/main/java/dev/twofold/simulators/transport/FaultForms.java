package dev.twofold.simulators.transport;

/** The form for trouble on demand, the same on both pages. */
final class FaultForms {
  static final String ALL =
      """
      <section><h2>Trouble on demand</h2>
      <form onsubmit="event.preventDefault();const all=values(this);act('POST','faults',{\
      kind:all.kind,status:+(all.status||500),probability:+(all.probability||1),\
      effect:all.effect==='after the effect',\
      ...(all.count?{count:+all.count}:{}),...(all.seconds?{seconds:+all.seconds}:{}),\
      path:all.path||'',reason:all.reason||''})">
      <label>Kind<select name="kind"><option>error</option><option>lost</option>\
      <option>outage</option><option>storm</option><option>lock</option></select></label>
      <label>Status of an error<input name="status" type="number" value="500"></label>
      <label>An error comes<select name="effect"><option>before any effect</option>\
      <option>after the effect</option></select></label>
      <label>Probability<input name="probability" type="number" step="0.01" min="0" max="1"\
       value="1"></label>
      <label>How often, empty for always<input name="count" type="number" min="1"></label>
      <label>For so many seconds<input name="seconds" type="number" min="1" value="30"></label>
      <label>Only where the path contains<input name="path"></label>
      <label>Limit that a storm names, empty for the usual one<input name="reason"></label>
      <button>Add</button></form>
      <form onsubmit="event.preventDefault();const all=values(this);act('PUT','latency',{\
      medianMillis:+all.median,p99Millis:+all.p99})">
      <label>Answers take, median ms<input name="median" type="number" value="80" min="0"></label>
      <label>99th percentile ms<input name="p99" type="number" value="400" min="0"></label>
      <button>Delay answers</button></form>
      <form onsubmit="event.preventDefault();act('PUT','limit',{calls:+values(this).calls})">
      <label>Calls in a second<input name="calls" type="number" min="1" required></label>
      <button>Set the limit</button></form>
      <form onsubmit="event.preventDefault();const all=values(this);act('PUT','webhooks',{\
      repeatRate:+(all.repeats||0),disorderRate:+(all.disorder||0),\
      disorderMillis:+(all.millis||0),compression:+(all.compression||1)})">
      <label>Webhooks that come twice, share<input name="repeats" type="number" step="0.01"\
       min="0" max="1" value="0"></label>
      <label>Webhooks held back, share<input name="disorder" type="number" step="0.01" min="0"\
       max="1" value="0"></label>
      <label>Held back for up to ms<input name="millis" type="number" min="0" value="5000"></label>
      <label>Retries so many times sooner<input name="compression" type="number" min="1"\
       value="1"></label>
      <button>Disturb webhooks</button></form>
      <p><button class="plain" data-method="DELETE" data-path="faults">End all trouble</button>
      <button class="plain" data-method="POST" data-path="reset">Empty the account</button></p>
      </section>
      """;

  private FaultForms() {}
}
