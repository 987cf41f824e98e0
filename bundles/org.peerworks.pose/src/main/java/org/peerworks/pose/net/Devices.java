package org.peerworks.pose.net;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.pose.UserError;

/** Chooses where to compute. */
public final class Devices {

  private static final Pattern CUDA = Pattern.compile("(?:cuda|gpu)(?::([0-9]{1,3}))?");

  private Devices() {}

  /**
   * Finds a device by the name that sleap-nn gives it.
   *
   * @param name auto, cpu, cuda or cuda:N
   */
  public static Device named(String name) throws UserError {
    return named(name, Engine.getEngine("PyTorch").getGpuCount());
  }

  /**
   * @param gpus that the engine can use
   */
  static Device named(String name, int gpus) throws UserError {
    if (name.equals("auto")) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher cuda = CUDA.matcher(name);
    if (!cuda.matches()) {
      throw UserError.usage(
          "The device '%s' is not known to the built-in trainer. Known are auto, cpu, cuda and cuda:N.",
          name);
    }
    int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    if (index >= gpus) {
      throw UserError.usage(
          "There is no device '%s': %d GPUs were found that PyTorch can use. Use 'cpu' or 'auto'.",
          name, gpus);
    }
    return Device.gpu(index);
  }
}
