package org.peerworks.doctor.checks;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Patient;

/** All checks that need no framework, in the order in which people read them. */
public final class Checks {

  private Checks() {}

  /** Reads which server a worker is configured for, if nobody named one. */
  public static List<Check> of(Patient asked) {
    Patient patient = withServer(asked);
    return List.of(
        new JavaCheck(),
        new NativesCheck(patient.home()),
        new TrainerCheck(patient.home(), patient.data()),
        new GpuCheck(patient.home(), patient.data()),
        new DiskCheck(patient.home(), patient.data()),
        new StoreCheck(patient.home(), patient.data()),
        new PortsCheck(patient),
        new ServerCheck(patient),
        new ClockCheck(patient));
  }

  private static Patient withServer(Patient patient) {
    if (patient.serverTold()) {
      return patient;
    }
    try {
      ConfigFile worker = ConfigFile.read(patient.home(), patient.data(), "org.peerworks.worker");
      Optional<URI> webSocket = worker.text("serverWebSocket").map(URI::create);
      Optional<URI> http = worker.text("serverHttp").map(URI::create);
      return new Patient(
          patient.home(),
          patient.data(),
          webSocket.orElse(patient.webSocket()),
          http.orElse(patient.http()),
          webSocket.isPresent() || http.isPresent());
    } catch (IOException | IllegalArgumentException e) {
      return patient; // the worker itself says what is wrong with its configuration
    }
  }
}
