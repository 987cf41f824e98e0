package org.peerworks.cli.monitor;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.MonitorPorts;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Stages;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Stands in for the trainer at SLEAP's monitor on this machine: what the trainer at the worker says
 * is said here, and what the monitor commands goes there (sleap-rtc wire format §2.9). Only
 * loopback is used. Nothing of what comes from either side is decoded into types.
 */
public final class Monitor implements JobWatch {

  private static final int PAUSE_MILLIS = 100;
  private static final int LINGER_MILLIS = 500;
  private static final int MOST_COMMAND = 4096;

  private final Console console;
  private final ZContext context = new ZContext(1);
  private final ZMQ.Socket publisher;
  private final Thread listening;
  private volatile Connection connection;
  private volatile String job;
  private volatile boolean closed;
  private boolean begun;
  private String said = "";

  /**
   * @throws CommandFailure if another program has one of the ports
   */
  public Monitor(MonitorPorts ports, Console console) {
    this.console = console;
    ZMQ.Socket commands;
    try {
      commands =
          Ports.open(context, SocketType.SUB, ports.controller(), "for commands of a monitor");
      publisher = Ports.open(context, SocketType.PUB, ports.publish(), "for news to a monitor");
    } catch (CommandFailure e) {
      context.close();
      throw e;
    }
    publisher.setLinger(LINGER_MILLIS);
    commands.setLinger(0);
    commands.setReceiveTimeOut(PAUSE_MILLIS);
    commands.subscribe(new byte[0]);
    listening = new Thread(() -> listen(commands), "sleap-monitor");
    listening.setDaemon(true);
    listening.start();
  }

  private void listen(ZMQ.Socket commands) {
    try {
      while (!closed) {
        byte[] message = commands.recv();
        if (message != null && message.length <= MOST_COMMAND) {
          command(new String(message, StandardCharsets.UTF_8));
        }
      }
    } catch (ZMQException e) {
      if (!closed) {
        console.warn("The monitor cannot be heard any more: " + e.getMessage());
      }
    } finally {
      commands.close();
    }
  }

  private void command(String json) {
    String command = Json.text(json, "command");
    Connection to = connection;
    if (to == null || job == null) {
      return;
    }
    CompletionStage<?> done;
    if (command.equals("stop")) {
      console.say("SLEAP's monitor asks the training to stop.");
      done = to.jobs().tell(job, "{\"command\":\"stop\"}");
    } else if (command.equals("cancel")) {
      console.say("SLEAP's monitor cancels the training.");
      done = to.jobs().cancel(job);
    } else {
      return;
    }
    done.whenComplete(
        (nothing, failure) -> {
          if (failure != null) {
            console.warn("The worker did not do so: " + Stages.unwrapped(failure).getMessage());
          }
        });
  }

  @Override
  public void accepted(Connection to, String jobId) {
    connection = to;
    job = jobId;
  }

  /** A line in the monitor's window, at most each once in a row. */
  @Override
  public synchronized void say(String line) {
    if (!line.equals(said)) {
      said = line;
      tell("rtc_update_monitor", Map.of("rtc_msg", line));
    }
  }

  @Override
  public synchronized void event(JobEvent event) {
    if (event instanceof JobEvent.Reported reported) {
      TrainerMessages.harmless(reported.json()).ifPresent(this::pass);
    }
  }

  /** A second model draws its curves anew. */
  private void pass(String json) {
    if (Json.text(json, "event").equals("train_begin")) {
      if (begun) {
        tell("rtc_reset_monitor", Map.of());
      }
      begun = true;
    }
    publish(json);
  }

  @Override
  public synchronized void ended(Job ended) {
    say("The job has ended: " + ended.state() + ".");
    tell("rtc_close_monitor", Map.of());
  }

  private void tell(String event, Map<String, String> fields) {
    Map<String, String> message = new LinkedHashMap<>();
    message.put("event", event);
    message.put("what", "");
    message.putAll(fields);
    publish(Json.line(message));
  }

  private void publish(String json) {
    if (!closed) {
      publisher.send(json.getBytes(StandardCharsets.UTF_8), ZMQ.DONTWAIT);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      publisher.close();
    }
    try {
      listening.join(5L * PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.close();
  }
}
