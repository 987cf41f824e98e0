package org.peerworks.doctor.checks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Patient;

/** The signalling server: calls, sign-in, messages. */
final class ServerCheck implements Check {

  private static final String START =
      "Start one with 'peerworks signal', or name yours with --server.";

  private final Patient patient;

  ServerCheck(Patient patient) {
    this.patient = patient;
  }

  @Override
  public String name() {
    return "Signalling server";
  }

  @Override
  public Duration deadline() {
    return Http.PATIENCE.multipliedBy(4);
  }

  @Override
  public List<Finding> run() throws InterruptedException {
    HttpClient client = Http.client();
    List<Finding> findings = new ArrayList<>();
    findings.add(calls(client, patient.http()));
    findings.add(messages(client, patient.webSocket()));
    return findings;
  }

  private Finding calls(HttpClient client, URI http) throws InterruptedException {
    try {
      Optional<String> version = Http.version(Http.call(client, "GET", http, "/health"));
      if (version.isEmpty()) {
        return bad(
            "What answers at " + http + " is no signalling server",
            "Check the address; --server-http names the one for calls.");
      }
      Http.Answer signIn = Http.call(client, "POST", http, "/anonymous-signin");
      if (signIn.status() == 404) {
        return Finding.note(
            "%s answers, version %s, and lets nobody in without an account"
                .formatted(http, version.get()),
            "A worker needs 'key' or 'keyFile' in org.peerworks.worker.cfg; people use 'peerworks"
                + " login'.");
      }
      if (signIn.status() != 200 || !signIn.body().contains("id_token")) {
        return bad(
            "%s refuses to sign in (HTTP %d)".formatted(http, signIn.status()),
            signIn.status() == 429 ? "Too many sign-ins; wait a minute." : "See the server's log.");
      }
      return Finding.ok("%s answers and signs in, version %s".formatted(http, version.get()));
    } catch (IOException e) {
      return bad("Cannot reach " + http + ": " + Http.reason(e), START);
    }
  }

  private Finding messages(HttpClient client, URI webSocket) throws InterruptedException {
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(Http.PATIENCE)
              .buildAsync(webSocket, new WebSocket.Listener() {})
              .get(Http.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      socket.abort();
      return Finding.ok(webSocket + " takes messages");
    } catch (TimeoutException e) {
      return bad(
          "No answer from " + webSocket + " within " + Http.PATIENCE.toSeconds() + " s", START);
    } catch (ExecutionException e) {
      return bad("Cannot reach " + webSocket + ": " + Http.reason(e.getCause()), START);
    }
  }

  /** Nobody named the server: then none needs to be there. */
  private Finding bad(String found, String mend) {
    return patient.serverTold() ? Finding.error(found, mend) : Finding.warning(found, mend);
  }
}
