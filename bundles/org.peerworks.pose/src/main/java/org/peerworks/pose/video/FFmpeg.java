package org.peerworks.pose.video;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.peerworks.pose.UserError;

/** FFmpeg's native libraries, without its GPL parts. */
final class FFmpeg {

  /** Largest piece of memory that FFmpeg may ask for: a damaged file can claim anything. */
  private static final long LARGEST_ALLOCATION = 1L << 30;

  private static boolean loaded;

  private FFmpeg() {}

  /**
   * Loads the libraries, once.
   *
   * @throws UserError if this platform has none
   */
  static synchronized void load() throws UserError {
    if (loaded) {
      return;
    }
    // JavaCPP would count the network's memory as its own and refuse to go on.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    try {
      Loader.load(avutil.class);
      Loader.load(avcodec.class);
      Loader.load(avformat.class);
      Loader.load(swscale.class);
    } catch (LinkageError | RuntimeException e) {
      throw UserError.data(
          e,
          "Videos cannot be read on %s %s: %s. Linux on x86-64 is needed; else save a package with images ('.pkg.slp').",
          System.getProperty("os.name"),
          System.getProperty("os.arch"),
          e.getMessage());
    }
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avutil.av_max_alloc(LARGEST_ALLOCATION);
    loaded = true;
  }

  /** FFmpeg's words for an error. */
  static String message(int error) {
    byte[] text = new byte[256];
    avutil.av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
