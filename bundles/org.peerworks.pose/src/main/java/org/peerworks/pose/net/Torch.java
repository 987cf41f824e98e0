package org.peerworks.pose.net;

/** How DJL is told to stay on this machine. */
public final class Torch {

  private Torch() {}

  /** Has to run before anything of DJL is touched. */
  public static void prepare() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    // Nobody is to be told that this program runs.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }
}
