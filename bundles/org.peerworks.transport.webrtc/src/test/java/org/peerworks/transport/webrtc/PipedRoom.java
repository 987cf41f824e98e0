package org.peerworks.transport.webrtc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.signaling.api.Signal;

/** A member of the room who lives in another process: signals for it go through a pipe. */
final class PipedRoom extends MemoryRoom {

  private static final String MARK = "signal ";

  private final String id;
  private final PrintStream out;

  PipedRoom(Map<String, MemoryRoom> members, String id, PrintStream out) {
    super(members, id);
    this.id = id;
    this.out = out;
  }

  @Override
  void receive(Signal signal) {
    String text;
    if (signal instanceof Signal.Offer offer) {
      text = "offer " + encoded(offer.sdp());
    } else if (signal instanceof Signal.Answer answer) {
      text = "answer " + encoded(answer.sdp());
    } else {
      throw new IllegalArgumentException("Not for a pipe: " + signal);
    }
    out.println(MARK + signal.peer() + " " + id + " " + text);
    out.flush();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hands signals to the members here until the pipe ends; answers the lines that were none. */
  static List<String> read(Map<String, MemoryRoom> members, BufferedReader in, PrintStream out)
      throws IOException {
    List<String> others = new CopyOnWriteArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(MARK)) {
        String[] words = line.substring(MARK.length()).split(" ");
        if (!members.containsKey(words[0])) {
          new PipedRoom(members, words[0], out);
        }
        String sdp = new String(Base64.getDecoder().decode(words[3]), StandardCharsets.UTF_8);
        members
            .get(words[1])
            .receive(
                words[2].equals("offer")
                    ? new Signal.Offer(words[0], sdp)
                    : new Signal.Answer(words[0], sdp));
      } else {
        others.add(line);
      }
    }
    return others;
  }
}
