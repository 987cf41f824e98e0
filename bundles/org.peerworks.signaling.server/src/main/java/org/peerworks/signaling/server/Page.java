package org.peerworks.signaling.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** An HTML page of the server's own: no script, nothing from elsewhere, nothing hidden in it. */
final class Page {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8888;--accent:#1a5fb4}
      *{box-sizing:border-box}
      body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:0 auto;padding:1.5rem 1rem}
      h1{font-size:1.3rem;margin:0 0 1rem}
      label{display:block;margin:0 0 .8rem}
      input{display:block;width:100%;font:inherit;padding:.5rem;border:1px solid var(--line);border-radius:.3rem}
      button{font:inherit;padding:.55rem 1rem;border:1px solid var(--accent);border-radius:.3rem;background:var(--accent);color:#fff;width:100%}
      button.quiet{background:none;color:inherit;border-color:var(--line);margin-top:.6rem}
      form{margin:0 0 1rem}
      dl{margin:0 0 1rem;border:1px solid var(--line);border-radius:.3rem;padding:.6rem .8rem}
      dt{font-size:.85rem;opacity:.75}
      dd{margin:0 0 .4rem;overflow-wrap:anywhere}
      .bad,.warn{border-left:.25rem solid #c01c28;padding:.3rem .7rem}
      .warn{border-color:#e5a50a}
      summary{cursor:pointer;margin-bottom:.8rem}
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Page() {}

  /**
   * @param body HTML; texts of others in it are {@link #text escaped}
   */
  static HttpReply of(int status, String title, String body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    String html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width\"><title>"
            + text(title)
            + "</title><style>"
            + STYLE
            + "</style></head><body><main><h1>"
            + text(title)
            + "</h1>\n"
            + body
            + "</main></body></html>\n";
    return new HttpReply(status, "text/html; charset=utf-8", html, Map.copyOf(headers));
  }

  /** A stranger's text as it can stand between tags and in quotes. */
  static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + text(value) + "\">";
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
