package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.peerworks.deploy.RefusedException;

/** Brings files from a path or URL ({@code file}, {@code http}, {@code https}). */
final class Fetcher {

  private static final int BUFFER = 1 << 16;

  private final long maxBytes;
  private final Duration patience;

  Fetcher(long maxBytes, Duration patience) {
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  /**
   * Copies a source to a new file.
   *
   * @throws RefusedException it is not there, too large or too slow
   * @throws IOException the file cannot be written
   */
  void fetch(String source, Path file) throws RefusedException, IOException {
    try (InputStream in = open(source)) {
      copy(in, source, file);
    } catch (SocketTimeoutException e) {
      throw new RefusedException(
          "'%s' did not send anything for %d s ('downloadSeconds')."
              .formatted(source, patience.toSeconds()),
          e);
    }
  }

  /** Whether a text is a URL, not a path. */
  static boolean isUrl(String source) {
    return source.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }

  private void copy(InputStream in, String source, Path file) throws RefusedException, IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = read(in, buffer, source); n >= 0; n = read(in, buffer, source)) {
        size += n;
        if (size > maxBytes) {
          throw new RefusedException(
              "'%s' has more than %,d bytes ('maxMegabytes' in org.peerworks.deploy.cfg)."
                  .formatted(source, maxBytes));
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static int read(InputStream in, byte[] buffer, String source)
      throws RefusedException, IOException {
    try {
      return in.read(buffer);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new RefusedException("Cannot read '" + source + "': " + e.getMessage() + ".", e);
    }
  }

  private InputStream open(String source) throws RefusedException, SocketTimeoutException {
    try {
      if (!isUrl(source)) {
        return openFile(Path.of(source));
      }
      URI uri = URI.create(source);
      return switch (uri.getScheme().toLowerCase(java.util.Locale.ROOT)) {
        case "file" -> openFile(Path.of(uri));
        case "http", "https" -> openHttp(uri.toURL());
        default ->
            throw new RefusedException(
                "'" + source + "' is no path, and no URL of 'file', 'http' or 'https'.");
      };
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("Cannot read '" + source + "': " + e.getMessage() + ".", e);
    }
  }

  private static InputStream openFile(Path path) throws RefusedException, IOException {
    if (!Files.isRegularFile(path)) {
      throw new RefusedException(
          "There is no file '"
              + path.toAbsolutePath()
              + "' on this worker. Copy it there, or give a URL.");
    }
    return Files.newInputStream(path);
  }

  private InputStream openHttp(URL url) throws RefusedException, IOException {
    URLConnection connection = url.openConnection();
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    if (connection instanceof HttpURLConnection http
        && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
      int status = http.getResponseCode();
      http.disconnect();
      throw new RefusedException("'" + url + "' answers with HTTP status " + status + ".");
    }
    return connection.getInputStream();
  }
}
