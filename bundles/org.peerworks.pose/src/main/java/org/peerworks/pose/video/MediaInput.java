package org.peerworks.pose.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.peerworks.pose.UserError;

/** The packets of a file's video. Owns native memory until it is closed. Not thread-safe. */
final class MediaInput implements AutoCloseable {

  /** Containers that hold their content themselves: none of them can name another file. */
  private static final String CONTAINERS =
      "mov,matroska,avi,mpegts,mpeg,asf,flv,ogg,ivf,nut,mxf,m4v,mpegvideo,h264,hevc,mjpeg,gif,dv";

  /** Containers that tell exactly when each frame is shown, and can be entered anywhere. */
  private static final List<String> EXACT = List.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm");

  private static final int MOST_STREAMS = 64;

  private final Path path;
  private final AVFormatContext context;
  private final AVStream stream;

  private MediaInput(Path path, AVFormatContext context, AVStream stream) {
    this.path = path;
    this.context = context;
    this.stream = stream;
  }

  /**
   * Opens a file and finds its video.
   *
   * @throws UserError if it is no video, damaged or too large
   */
  static MediaInput open(Path path, VideoLimits limits) throws UserError {
    if (!Files.isRegularFile(path)) {
      throw UserError.data("There is no file '%s'. A video was wanted.", path);
    }
    FFmpeg.load();
    AVFormatContext context = context(path);
    try {
      int error = avformat.avformat_find_stream_info(context, (PointerPointer<?>) null);
      int index =
          avformat.av_find_best_stream(
              context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
      if (error < 0 || index < 0) {
        throw UserError.data(
            "'%s' holds no video that can be read: %s. Convert it to H.264 in an '.mp4' file.",
            path, FFmpeg.message(error < 0 ? error : index));
      }
      AVStream stream = context.streams(index);
      checkSize(path, stream.codecpar(), limits);
      for (int i = 0; i < context.nb_streams(); i++) {
        if (i != index) {
          context.streams(i).discard(avcodec.AVDISCARD_ALL);
        }
      }
      return new MediaInput(path, context, stream);
    } catch (UserError | RuntimeException e) {
      avformat.avformat_close_input(context);
      throw e;
    }
  }

  private static AVFormatContext context(Path path) throws UserError {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    try {
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      avutil.av_dict_set(options, "max_streams", Integer.toString(MOST_STREAMS), 0);
      int error =
          avformat.avformat_open_input(context, "file:" + path.toAbsolutePath(), null, options);
      if (error < 0) {
        throw UserError.data(
            "'%s' cannot be opened as a video: %s. If it plays elsewhere, convert it to H.264 in an '.mp4' file; else send it again.",
            path, FFmpeg.message(error));
      }
      return context;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private static void checkSize(Path path, AVCodecParameters video, VideoLimits limits)
      throws UserError {
    long pixels = (long) video.width() * video.height();
    if (video.width() < 1 || video.height() < 1 || pixels > limits.maxPixels()) {
      throw UserError.data(
          "The frames of '%s' claim to be %d×%d pixels large; at most %d pixels are read.",
          path, video.width(), video.height(), limits.maxPixels());
    }
  }

  Path path() {
    return path;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  /**
   * Reads the next packet of the video, in the order of decoding.
   *
   * @return 0, or FFmpeg's error: {@code AVERROR_EOF} at the end
   */
  int read(AVPacket packet) {
    while (true) {
      int error = avformat.av_read_frame(context, packet);
      if (error < 0 || packet.stream_index() == stream.index()) {
        return error;
      }
      avcodec.av_packet_unref(packet);
    }
  }

  /** Goes to the packet with that time of decoding; returns whether the container can. */
  boolean seek(long decodingTime) {
    return avformat.av_seek_frame(
            context, stream.index(), decodingTime, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  /** Whether the container tells exactly when each frame is shown. */
  boolean isExact() {
    return EXACT.contains(context.iformat().name().getString());
  }

  /** Packets that the container's table announces; 0 where there is no complete table. */
  int announced() {
    return context.iformat().name().getString().equals(EXACT.get(0))
        ? avformat.avformat_index_get_entries_count(stream)
        : 0;
  }

  /** Quarter turns, clockwise, that a player gives each frame: 0 to 3. */
  int quarterTurns() {
    AVCodecParameters video = stream.codecpar();
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            video.coded_side_data(), video.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (data == null || data.isNull() || data.size() < 9 * Integer.BYTES) {
      return 0;
    }
    double degrees = -avutil.av_display_rotation_get(new IntPointer(data.data()));
    return Double.isNaN(degrees) ? 0 : Math.floorMod(Math.round(degrees / 90), 4);
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
  }
}
