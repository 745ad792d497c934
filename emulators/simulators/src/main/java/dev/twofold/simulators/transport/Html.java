package dev.twofold.simulators.transport;

import dev.twofold.simulators.web.CallLog;
import dev.twofold.simulators.webhook.WebhookSchedule;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Pieces of the pages. Everything that was typed by somebody goes through {@link #escape}. */
final class Html {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      body{font:14px/1.45 system-ui,sans-serif;margin:0;color:#1d2330;background:#f6f7f9}
      header{background:#1d2330;color:#fff;padding:12px 24px}
      header h1{font-size:18px;margin:0}header p{margin:2px 0 0;color:#aab3c5}
      main{display:grid;grid-template-columns:minmax(300px,1fr) 3fr;gap:24px;padding:24px}
      section{background:#fff;border:1px solid #dde1e8;border-radius:6px;padding:14px 18px;
        margin-bottom:18px;overflow-x:auto}
      h2{font-size:15px;margin:0 0 8px}label{display:block;margin:6px 0 0;color:#556}
      input,select{font:inherit;width:100%;box-sizing:border-box;padding:4px 6px;
        border:1px solid #c3c9d4;border-radius:4px}
      button{font:inherit;margin-top:8px;padding:4px 12px;border:1px solid #27507f;
        border-radius:4px;background:#2f6299;color:#fff;cursor:pointer}
      button.plain{background:#fff;color:#27507f;padding:1px 8px;margin:0 4px 0 0}
      table{border-collapse:collapse;width:100%;font-size:13px}
      th{text-align:left;color:#667;font-weight:600}
      td,th{padding:3px 10px 3px 0;border-bottom:1px solid #eef0f4;vertical-align:top}
      .bad{color:#a8201a}.good{color:#1d6b35}.dim{color:#889}#said{min-height:1.4em}
      @media(max-width:900px){main{grid-template-columns:1fr}}
      """;

  private static final String SCRIPT =
      """
      const said=document.getElementById('said');
      async function act(method,path,body){
        const answer=await fetch('/_simulator/'+path,{method,
          headers:{'Content-Type':'application/json'},body:body?JSON.stringify(body):undefined});
        const json=await answer.json();
        said.textContent=answer.ok?'Done '+(json.id||''):json.error;
        said.className=answer.ok?'good':'bad';
        refresh();
      }
      function values(form){
        const all={};
        for(const field of form.elements){
          if(field.name&&(field.value!==''||field.dataset.clear)){all[field.name]=field.value;}
        }
        return all;
      }
      async function refresh(){
        const answer=await fetch('/_simulator/live');
        if(answer.ok){document.getElementById('live').innerHTML=await answer.text();}
      }
      document.addEventListener('click',event=>{
        const button=event.target.closest('button[data-path]');
        if(button){act(button.dataset.method,button.dataset.path,
          button.dataset.body?JSON.parse(button.dataset.body):{});}
      });
      setInterval(()=>refresh().catch(gone=>{
        said.textContent='The simulator does not answer: '+gone.message;said.className='bad';
      }),1000);
      """;

  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** The page around its forms and its live part. */
  static String page(String title, String subtitle, String forms, String live) {
    return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + escape(title)
        + "</title><meta name=\"viewport\" content=\"width=device-width\"><style>"
        + STYLE
        + "</style></head><body><header><h1>"
        + escape(title)
        + "</h1><p>"
        + escape(subtitle)
        + "</p></header><main><div><p id=\"said\" role=\"status\"></p>"
        + forms
        + "</div><div id=\"live\">"
        + live
        + "</div></main><script>"
        + SCRIPT
        + "</script></body></html>";
  }

  static String field(String name, String label) {
    return "<label>" + escape(label) + "<input name=\"" + escape(name) + "\"></label>";
  }

  static String table(List<String> heads, List<List<String>> rows) {
    StringBuilder table = new StringBuilder("<table><tr>");
    heads.forEach(head -> table.append("<th>").append(escape(head)).append("</th>"));
    table.append("</tr>");
    for (List<String> row : rows) {
      table.append("<tr>");
      row.forEach(cell -> table.append("<td>").append(cell).append("</td>"));
      table.append("</tr>");
    }
    return table.append("</table>").toString();
  }

  static String button(String label, String method, String path, String body) {
    return "<button class=\"plain\" data-method=\""
        + method
        + "\" data-path=\""
        + escape(path)
        + "\" data-body=\""
        + escape(body)
        + "\">"
        + escape(label)
        + "</button>";
  }

  static String section(String title, String content) {
    return "<section><h2>" + escape(title) + "</h2>" + content + "</section>";
  }

  static String summary(CallLog calls, WebhookSchedule.Counts webhooks) {
    return section(
        "Now",
        table(
            List.of(
                "Calls",
                "Highest in a second",
                "429",
                "Webhooks pending",
                "Delivered",
                "Failed attempts",
                "Given up"),
            List.of(
                List.of(
                    Long.toString(calls.total()),
                    Integer.toString(calls.highestPerSecond()),
                    Long.toString(calls.perStatus().getOrDefault(429, 0L)),
                    Integer.toString(
                        webhooks.waiting() + webhooks.retrying() + webhooks.inFlight()),
                    Long.toString(webhooks.delivered()),
                    Long.toString(webhooks.failedAttempts()),
                    Long.toString(webhooks.givenUp())))));
  }

  static String calls(List<CallLog.Call> calls) {
    return section(
        "Calls",
        table(
            List.of("Time", "Endpoint", "Status", ""),
            calls.stream()
                .map(call ->
                    List.of(
                        CLOCK.format(call.at()),
                        escape(call.endpoint()),
                        mark(Integer.toString(call.status()), call.status() < 400),
                        escape(call.lost() ? "answer lost" : call.note())))
                .toList()));
  }

  static String attempts(List<WebhookSchedule.Attempt> attempts) {
    return section(
        "Webhooks",
        table(
            List.of("Time", "Delivery", "Attempt", "Notices", "What", "Answer"),
            attempts.stream()
                .map(attempt ->
                    List.of(
                        CLOCK.format(attempt.sentAt()),
                        Long.toString(attempt.delivery()),
                        Integer.toString(attempt.attempt() + 1),
                        Integer.toString(attempt.notices()),
                        escape(attempt.kinds()),
                        mark(attempt.answer(), attempt.answer().startsWith("2"))))
                .toList()));
  }

  private static String mark(String text, boolean good) {
    return "<span class=\"" + (good ? "good" : "bad") + "\">" + escape(text) + "</span>";
  }
}
