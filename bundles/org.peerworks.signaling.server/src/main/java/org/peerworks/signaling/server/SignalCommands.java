package org.peerworks.signaling.server;

import java.io.IOException;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.signaling.server.basic.Refusal;

/** The shell's commands on the accounts of the signalling server in this process. */
@Component(service = SignalCommands.class)
@GogoCommand(scope = "signal", function = "user")
public final class SignalCommands {

  @Reference(
      name = "server",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SignalingServerComponent server;

  /** An account as the shell shows it. */
  public record Row(String name, String id, String created, int rooms, int keys) {}

  /** An account and its password, which is shown only now. */
  public record Told(String name, String password) {}

  @Descriptor("Lists the accounts of the signalling server")
  public List<Row> user(@Descriptor("list") String verb) {
    if (!verb.equals("list")) {
      throw unknown(verb);
    }
    return present().users().stream()
        .map(
            user ->
                new Row(
                    user.name(), user.id(), user.createdAt().toString(), user.rooms(), user.keys()))
        .toList();
  }

  @Descriptor("Makes an account (add), gives it a new password (password), or ends it (remove)")
  public Object user(
      @Descriptor("add, password or remove") String verb,
      @Descriptor("Name to log in with") String name)
      throws IOException {
    return switch (verb) {
      case "add" -> told(() -> present().add(name));
      case "password" -> told(() -> present().newPassword(name));
      case "remove" -> removed(name);
      default -> throw unknown(verb);
    };
  }

  private String removed(String name) throws IOException {
    try {
      return "Removed " + present().remove(name).name();
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static IllegalArgumentException unknown(String verb) {
    return new IllegalArgumentException(
        "'" + verb + "' is none of: list, add NAME, password NAME, remove NAME.");
  }

  private interface Action {
    Administration.Told run() throws Refusal, IOException;
  }

  private static Told told(Action action) throws IOException {
    try {
      Administration.Told told = action.run();
      return new Told(told.user().name(), told.password());
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Administration present() {
    SignalingServerComponent here = server;
    if (here == null) {
      throw new IllegalStateException(
          "No signalling server runs in this process. Start one with 'peerworks signal', or"
              + " 'peerworks worker --with-signal'.");
    }
    return here.administration();
  }
}
