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
      path:all.path||''})">
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
      <button>Add</button></form>
      <form onsubmit="event.preventDefault();const all=values(this);act('PUT','latency',{\
      medianMillis:+all.median,p99Millis:+all.p99})">
      <label>Answers take, median ms<input name="median" type="number" value="80" min="0"></label>
      <label>99th percentile ms<input name="p99" type="number" value="400" min="0"></label>
      <button>Delay answers</button></form>
      <p><button class="plain" data-method="DELETE" data-path="faults">End all trouble</button>
      <button class="plain" data-method="POST" data-path="reset">Empty the account</button></p>
      </section>
      """;

  private FaultForms() {}
}
