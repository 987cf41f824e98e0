package org.peerworks.cli.select;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The terminal of this process, by way of JLine. */
final class JLineScreen implements Screen {

  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;
  private static final long DRAIN_MILLIS = 1;

  private final Terminal terminal;
  private final Attributes before;
  private final KeyReader keys;
  private final InlineDrawing drawing = new InlineDrawing();
  private final AtomicBoolean resized = new AtomicBoolean();
  private final WindowChange changes;
  private Size size;

  private JLineScreen(Terminal terminal) throws IOException {
    this.terminal = terminal;
    this.size = terminal.getSize();
    this.keys = new KeyReader(this::character);
    this.changes = WindowChange.watch(() -> resized.set(true));
    this.before = terminal.enterRawMode();
    // Ctrl-C and Ctrl-Z are keys here, so that nothing ends while the terminal is not as it was.
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    drain();
  }

  /** Opens the process's terminal. */
  static Optional<Screen> open() throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .jna(false)
            .jansi(false)
            .dumb(true)
            .nativeSignals(false)
            .encoding(StandardCharsets.UTF_8)
            .build();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
        || terminal.getStringCapability(Capability.cursor_up) == null) {
      terminal.close();
      return Optional.empty();
    }
    try {
      return Optional.of(new JLineScreen(terminal));
    } catch (IOException | RuntimeException e) {
      terminal.close();
      throw e;
    }
  }

  /** What was typed before there was anything to see chooses nothing. */
  private void drain() throws IOException {
    while (terminal.reader().read(DRAIN_MILLIS) >= 0) {
      // Forgotten.
    }
  }

  @Override
  public int width() {
    return size.getColumns() > 0 ? size.getColumns() : USUAL_WIDTH;
  }

  @Override
  public int height() {
    return size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT;
  }

  @Override
  public void draw(List<Line> lines, int row, int column) {
    terminal.writer().print(drawing.replace(lines, row, column, width()));
    terminal.writer().flush();
  }

  /** Also over SSH (xterm, operating system command 52). */
  @Override
  public void copy(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    terminal.writer().print("\u001b]52;c;" + Base64.getEncoder().encodeToString(bytes) + "\u0007");
    terminal.writer().flush();
  }

  @Override
  public Key key(long millis) throws IOException, InterruptedException {
    try {
      Key key = keys.read(millis);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (resized.getAndSet(false)) {
        size = terminal.getSize();
      }
      return key;
    } catch (InterruptedIOException e) {
      InterruptedException interrupted =
          new InterruptedException("The terminal was not waited for.");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private int character(long millis) throws IOException {
    int c = terminal.reader().read(millis);
    return c == NonBlockingReader.READ_EXPIRED ? KeyReader.NOTHING : c;
  }

  @Override
  public void close() throws IOException {
    changes.close();
    terminal.writer().print(drawing.erase(width()));
    terminal.writer().flush();
    terminal.setAttributes(before);
    terminal.close();
  }
}
