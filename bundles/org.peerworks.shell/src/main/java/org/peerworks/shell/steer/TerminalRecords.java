package org.peerworks.shell.steer;

import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what is typed at the worker's own terminal and changes something. Whoever sits there is
 * the user that the worker runs as, whom no rule could keep out. Thread-safe.
 */
@Component(service = CommandSessionListener.class)
public final class TerminalRecords implements CommandSessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(TerminalRecords.class);

  private static final String WHO = "local/" + System.getProperty("user.name");
  private static final String FROM = "terminal";

  private final Recorder recorder;
  private final Kind kind;
  private final Map<CommandSession, Recorder.Begun> running = new WeakHashMap<>();

  @Activate
  public TerminalRecords(
      @Reference(name = "recorder") Recorder recorder, @Reference(name = "kind") Kind kind) {
    this.recorder = recorder;
    this.kind = kind;
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    // The shell hands on what was typed as it has read it; profiles and completions are plain text.
    if (!(line instanceof Parser.Program) || !kind.changes(line, session)) {
      return;
    }
    try {
      Recorder.Begun begun = recorder.begin(WHO, FROM, line.toString());
      synchronized (running) {
        running.put(session, begun);
      }
    } catch (IOException e) {
      LOG.error("Cannot record what was typed at the terminal", e);
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception failure) {
    ended(session, line, failure);
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    ended(session, line, null);
  }

  private void ended(CommandSession session, CharSequence line, Exception failure) {
    if (!(line instanceof Parser.Program)) {
      return;
    }
    Recorder.Begun begun;
    synchronized (running) {
      begun = running.remove(session);
    }
    if (begun != null) {
      recorder.end(begun, failure);
    }
  }
}
