package org.peerworks.files.browser;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the page is made of; they are part of this bundle. */
final class PageFiles {

  static final String START = "index.html";

  /** The module that the page renders with, as its WebJar has it. */
  private static final String LIT = "/META-INF/resources/webjars/lit-html/3.3.2/";

  private static final String LIT_PREFIX = "lit/";

  private static final Pattern NAME = Pattern.compile("([a-z-]+/)*[a-z-]+\\.(html|js|css|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private PageFiles() {}

  /**
   * A file with its media type.
   *
   * @param content not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(String type, byte[] content) {}

  /**
   * @param name as after {@code /page/}
   */
  static Optional<Content> read(String name) throws IOException {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String resource =
        name.startsWith(LIT_PREFIX) ? LIT + name.substring(LIT_PREFIX.length()) : "page/" + name;
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Content(TYPES.get(matcher.group(2)), in.readAllBytes()));
    }
  }
}
