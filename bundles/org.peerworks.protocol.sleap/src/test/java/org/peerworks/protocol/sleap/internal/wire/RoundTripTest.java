package org.peerworks.protocol.sleap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundTripTest {

  static Stream<Arguments> client() {
    return Stream.of(
        Arguments.of(new AuthResponse("abc"), "AUTH_RESPONSE::abc"),
        Arguments.of(new PackageRequest.PackageType("track"), "PACKAGE_TYPE::track"),
        Arguments.of(new PackageRequest.OutputDir("."), "OUTPUT_DIR::."),
        Arguments.of(new PackageRequest.OutputDir(""), "OUTPUT_DIR::"),
        Arguments.of(new FileMeta("a b.zip", 12, "True"), "FILE_META::a b.zip:12:True"),
        Arguments.of(new EndOfFile(), "END_OF_FILE"),
        Arguments.of(new PackageRequest.ZmqControl("stop"), "ZMQ_CTRL::{\"command\":\"stop\"}"),
        Arguments.of(new InputRequest.JobId("a::b"), "JOB_ID::a::b"),
        Arguments.of(new InputRequest.InputFile("x.zip"), "INPUT_FILE::x.zip"),
        Arguments.of(new InputRequest.SharedInputPath("/x"), "SHARED_INPUT_PATH::/x"),
        Arguments.of(new InputRequest.SharedOutputPath("/x"), "SHARED_OUTPUT_PATH::/x"),
        Arguments.of(new InputRequest.SharedStorageJob("start"), "SHARED_STORAGE_JOB::start"),
        Arguments.of(
            new JobCommand.Submit("1a2b3c4d", Json.object().put("type", "train").put("x", "a::b")),
            "JOB_SUBMIT::1a2b3c4d::{\"type\":\"train\",\"x\":\"a:\\u003ab\"}"),
        Arguments.of(new JobCommand.Control("cancel"), "CONTROL_COMMAND::{\"command\":\"cancel\"}"),
        Arguments.of(new JobCommand.Stop(), "JOB_STOP"),
        Arguments.of(new JobCommand.Cancel(), "JOB_CANCEL"),
        Arguments.of(new FsRequest.GetInfo(), "FS_GET_INFO"),
        Arguments.of(new FsRequest.GetMounts(), "FS_GET_MOUNTS"),
        Arguments.of(new FsRequest.ListDirectory("/a::b", 20), "FS_LIST_DIR::/a::b::20"),
        Arguments.of(
            new FsRequest.Resolve("fly*.slp", OptionalLong.of(5), OptionalInt.of(3), "all"),
            "FS_RESOLVE::fly*.slp::5::3::all"),
        Arguments.of(
            new FsRequest.Resolve("fly.slp", OptionalLong.empty(), OptionalInt.empty(), ""),
            "FS_RESOLVE::fly.slp::::::"),
        Arguments.of(new FsRequest.UseWorkerPath("/a.slp"), "USE_WORKER_PATH::/a.slp"),
        Arguments.of(
            new FsRequest.ScanDirectory("/d", List.of("a.mp4")),
            "FS_SCAN_DIR::{\"directory\":\"/d\",\"filenames\":[\"a.mp4\"]}"),
        Arguments.of(
            new FsRequest.WriteProject("/p.slp", "/o", Map.of("a", "b"), Optional.of("q.slp")),
            "FS_WRITE_SLP::{\"slp_path\":\"/p.slp\",\"output_dir\":\"/o\",\"filename_map\":{\"a\":\"b\"},\"output_filename\":\"q.slp\"}"),
        Arguments.of(
            new FsRequest.ResolveWithPrefix("/a/x", "/b/x", List.of("/a/y")),
            "FS_RESOLVE_WITH_PREFIX::{\"original_path\":\"/a/x\",\"new_path\":\"/b/x\",\"other_missing\":[\"/a/y\"]}"),
        Arguments.of(new FsRequest.ApplyPrefix(true), "FS_APPLY_PREFIX::{\"confirmed\":true}"),
        Arguments.of(
            new UploadRequest.Check("0".repeat(64), "a::b"),
            "FILE_UPLOAD_CHECK::" + "0".repeat(64) + "::a::b"),
        Arguments.of(
            new UploadRequest.Start("a.mp4", 7, "/d::e", true),
            "FILE_UPLOAD_START::a.mp4::7::/d::e::1"),
        Arguments.of(new UploadRequest.End(), "FILE_UPLOAD_END"));
  }

  static Stream<Arguments> worker() {
    return Stream.of(
        Arguments.of(new AuthMessage.Challenge("abc"), "AUTH_CHALLENGE::abc"),
        Arguments.of(new AuthMessage.Success(), "AUTH_SUCCESS"),
        Arguments.of(new AuthMessage.Failure("timeout"), "AUTH_FAILURE::timeout"),
        Arguments.of(new AuthMessage.Required("w"), "AUTH_REQUIRED::w"),
        Arguments.of(new FileMeta("r.zip", 3, ""), "FILE_META::r.zip:3:"),
        Arguments.of(new FileMeta("r.zip", 3, "C:\\models"), "FILE_META::r.zip:3:C:\\models"),
        Arguments.of(new EndOfFile(), "END_OF_FILE"),
        Arguments.of(new RunReply.TrainStart("centroid"), "TRAIN_JOB_START::centroid"),
        Arguments.of(new RunReply.TrainEnd("centroid"), "TRAIN_JOB_END::centroid"),
        Arguments.of(new RunReply.TrainError("centroid", "1"), "TRAIN_JOB_ERROR::centroid::1"),
        Arguments.of(new RunReply.TrainingDone(), "TRAINING_JOBS_DONE"),
        Arguments.of(new RunReply.TrackingStart(), "INFERENCE_START"),
        Arguments.of(new RunReply.TrackStart("inference"), "INFERENCE_JOB_START::inference"),
        Arguments.of(new RunReply.TrackLog("a: b"), "TRACK_LOG:a: b"),
        Arguments.of(new RunReply.TrackEnd("inference"), "INFERENCE_JOB_END::inference"),
        Arguments.of(
            new RunReply.TrackError("inference", "2"), "INFERENCE_JOB_ERROR::inference::2"),
        Arguments.of(new RunReply.TrackingError("No"), "INFERENCE_ERROR::No"),
        Arguments.of(new RunReply.TrackingDone(), "INFERENCE_JOBS_DONE"),
        Arguments.of(
            new RunReply.ProgressReport("{\"event\":\"epoch_end\"}"),
            "PROGRESS_REPORT::{\"event\":\"epoch_end\"}"),
        Arguments.of(new RunReply.LogText("Epoch 1\n"), "Epoch 1\n"),
        Arguments.of(new RunReply.Redraw("50 %", false), "\r50 %"),
        Arguments.of(new RunReply.Redraw("50 %", true), "CR::50 %"),
        Arguments.of(new InputReply.FileExists("x"), "FILE_EXISTS::x"),
        Arguments.of(new InputReply.FileNotFound("x", "why"), "FILE_NOT_FOUND::x::why"),
        Arguments.of(new InputReply.JobOutputPath("/o"), "JOB_OUTPUT_PATH::/o"),
        Arguments.of(new InputReply.TrainingComplete(), "TRAINING_COMPLETE"),
        Arguments.of(new InputReply.PathValidated("input"), "PATH_VALIDATED::input"),
        Arguments.of(new InputReply.PathError("no"), "PATH_ERROR::no"),
        Arguments.of(new JobReply.Accepted("job_1"), "JOB_ACCEPTED::job_1"),
        Arguments.of(
            new JobReply.Rejected(
                "1a", List.of(new JobReply.Problem("f", "m", "NOT_ALLOWED", "/p"))),
            "JOB_REJECTED::1a::{\"errors\":[{\"field\":\"f\",\"message\":\"m\",\"code\":\"NOT_ALLOWED\",\"path\":\"/p\"}]}"),
        Arguments.of(new JobReply.ModelType("centroid"), "MODEL_TYPE::centroid"),
        Arguments.of(new JobReply.Log("x", false), "JOB_LOG::x"),
        Arguments.of(new JobReply.Log("x", true), "JOB_LOG::CR::x"),
        Arguments.of(
            new JobReply.Progress(3, OptionalDouble.of(0.5), OptionalDouble.empty()),
            "JOB_PROGRESS::{\"epoch\":3,\"loss\":0.5}"),
        Arguments.of(
            new JobReply.Complete("job_1", "train", 1.5, true, false, Optional.of("/o")),
            "JOB_COMPLETE::{\"job_id\":\"job_1\",\"job_type\":\"train\",\"duration_seconds\":1.5,\"success\":true,\"stopped_early\":false,\"output_path\":\"/o\"}"),
        Arguments.of(
            new JobReply.Failed("job_1", "", 1, 0, "it broke"), "JOB_FAILED::job_1::it broke"),
        Arguments.of(
            new JobReply.Failed("job_1", "train", 2, 0.5, "a::b"),
            "JOB_FAILED::job_1::{\"job_id\":\"job_1\",\"job_type\":\"train\",\"exit_code\":2,\"duration_seconds\":0.5,\"message\":\"a:\\u003ab\",\"error\":\"a:\\u003ab\"}"),
        Arguments.of(new InferenceReply.Begin(), "INFERENCE_BEGIN::{}"),
        Arguments.of(new InferenceReply.Log("x"), "INFERENCE_LOG::x"),
        Arguments.of(
            new InferenceReply.Progress(1, 2, 3.5, 4.5),
            "INFERENCE_PROGRESS::{\"n_processed\":1,\"n_total\":2,\"rate\":3.5,\"eta\":4.5}"),
        Arguments.of(
            new InferenceReply.Complete(Optional.of("/p")),
            "INFERENCE_COMPLETE::{\"predictions_path\":\"/p\"}"),
        Arguments.of(new InferenceReply.Failed("x"), "INFERENCE_FAILED::{\"error\":\"x\"}"),
        Arguments.of(
            new InferenceReply.Skipped("cancelled"),
            "INFERENCE_SKIPPED::{\"reason\":\"cancelled\"}"),
        Arguments.of(
            new FsReply.Info("w", "/d", List.of(new FsReply.MountPoint("/m", "m", ""))),
            "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/d\",\"mounts\":[{\"path\":\"/m\",\"label\":\"m\"}]}"),
        Arguments.of(
            new FsReply.Mounts(List.of(new FsReply.MountPoint("/m", "m", "does not answer"))),
            "FS_MOUNTS_RESPONSE::[{\"path\":\"/m\",\"label\":\"m\",\"problem\":\"does not answer\"}]"),
        Arguments.of(
            new FsReply.Resolved(
                List.of(), false, true, 12.5, new FsReply.Gaps(true, 3, List.of("m"))),
            "FS_RESOLVE_RESPONSE::{\"candidates\":[],\"truncated\":false,\"timeout\":true,\"search_time_ms\":12.5,\"deeper\":true,\"skipped\":3,\"unavailable\":[\"m\"]}"),
        Arguments.of(
            new FsReply.Listing("/m", List.of(new FsReply.Entry("a", false, 1, 2.5)), 9, true),
            "FS_LIST_RESPONSE::{\"path\":\"/m\",\"entries\":[{\"name\":\"a\",\"type\":\"file\",\"size\":1,\"modified\":2.5}],\"total_count\":9,\"has_more\":true}"),
        Arguments.of(
            new FsReply.Resolved(
                List.of(new FsReply.Candidate("/m/a", "a", 1, 2.5, "exact", 99.5)),
                false,
                true,
                12.5,
                FsReply.Gaps.NONE),
            "FS_RESOLVE_RESPONSE::{\"candidates\":[{\"path\":\"/m/a\",\"name\":\"a\",\"size\":1,\"modified\":2.5,\"match_type\":\"exact\",\"score\":99.5}],\"truncated\":false,\"timeout\":true,\"search_time_ms\":12.5}"),
        Arguments.of(new FsReply.Failed("ACCESS_DENIED", "no"), "FS_ERROR::ACCESS_DENIED::no"),
        Arguments.of(new FsReply.PathOk("/p"), "WORKER_PATH_OK::/p"),
        Arguments.of(new FsReply.PathError("no"), "WORKER_PATH_ERROR::no"),
        Arguments.of(
            new FsProjectReply.VideoCheck(
                "/p.slp",
                2,
                List.of(new FsProjectReply.MissingVideo("a.mp4", "/x/a.mp4")),
                1,
                0,
                Optional.empty()),
            "FS_CHECK_VIDEOS_RESPONSE::{\"slp_path\":\"/p.slp\",\"total_videos\":2,\"missing\":[{\"filename\":\"a.mp4\",\"original_path\":\"/x/a.mp4\"}],\"accessible\":1,\"embedded\":0}"),
        Arguments.of(
            new FsProjectReply.Scanned("/d", Map.of("a", "/d/a")),
            "FS_SCAN_DIR_RESPONSE::{\"directory\":\"/d\",\"found\":{\"a\":\"/d/a\"}}"),
        Arguments.of(
            new FsProjectReply.Written("/o.slp", 2),
            "FS_WRITE_SLP_OK::{\"output_path\":\"/o.slp\",\"videos_updated\":2}"),
        Arguments.of(new FsProjectReply.NotWritten("no"), "FS_WRITE_SLP_ERROR::{\"error\":\"no\"}"),
        Arguments.of(
            new FsProjectReply.Proposal(
                "/a", "/b", List.of(new FsProjectReply.Move("/a/x", "/b/x")), List.of("/a/y")),
            "FS_PREFIX_PROPOSAL::{\"old_prefix\":\"/a\",\"new_prefix\":\"/b\",\"would_resolve\":[{\"original\":\"/a/x\",\"resolved\":\"/b/x\"}],\"would_not_resolve\":[\"/a/y\"]}"),
        Arguments.of(
            new FsProjectReply.PrefixApplied(true), "FS_PREFIX_APPLIED::{\"success\":true}"),
        Arguments.of(new UploadReply.CacheHit("/p"), "FILE_UPLOAD_CACHE_HIT::/p"),
        Arguments.of(new UploadReply.Ready(), "FILE_UPLOAD_READY"),
        Arguments.of(new UploadReply.Failed("no"), "FILE_UPLOAD_ERROR::no"),
        Arguments.of(new UploadReply.Progress(1, 2), "FILE_UPLOAD_PROGRESS::1::2"),
        Arguments.of(new UploadReply.Complete("/p"), "FILE_UPLOAD_COMPLETE::/p"));
  }

  @ParameterizedTest
  @MethodSource("client")
  void whatAClientSaysIsWrittenAndReadAsTheFormatHasIt(ClientMessage message, String text) {
    assertThat(message.text()).isEqualTo(text);
    assertThat(ClientMessages.read(text)).contains(message);
  }

  @ParameterizedTest
  @MethodSource("worker")
  void whatAWorkerSaysIsWrittenAndReadAsTheFormatHasIt(WorkerMessage message, String text) {
    assertThat(message.text()).isEqualTo(text);
    assertThat(WorkerMessages.read(text)).isEqualTo(message);
  }

  @Test
  void theThreeFormsOfAFailureAreRead() {
    String json =
        "{\"job_id\":\"job_1\",\"job_type\":\"train\",\"exit_code\":3,\"duration_seconds\":2,\"message\":\"broke\"}";
    JobReply.Failed expected = new JobReply.Failed("job_1", "train", 3, 2, "broke");

    assertThat(WorkerMessages.read("JOB_FAILED::" + json)).isEqualTo(expected);
    assertThat(WorkerMessages.read("JOB_FAILED::job_1::" + json)).isEqualTo(expected);
    assertThat(WorkerMessages.read("JOB_FAILED::job_1::broke: a::b"))
        .isEqualTo(new JobReply.Failed("job_1", "", 1, 0, "broke: a::b"));
  }

  @Test
  void theOldFormOfAnEndIsRead() {
    assertThat(WorkerMessages.read("JOB_COMPLETE::j1::jobs/j1"))
        .isEqualTo(new JobReply.Complete("j1", "", 0, true, false, Optional.of("jobs/j1")));
  }

  @Test
  void theLastThreeFieldsOfASearchMayBeMissing() {
    assertThat(ClientMessages.read("FS_RESOLVE::fly.slp"))
        .contains(new FsRequest.Resolve("fly.slp", OptionalLong.empty(), OptionalInt.empty(), ""));
    assertThat(ClientMessages.read("FS_LIST_DIR::/m"))
        .contains(new FsRequest.ListDirectory("/m", 0));
  }

  @Test
  void whatNoClientSaysIsNoMessage() {
    assertThat(ClientMessages.read("hello")).isEmpty();
    assertThat(ClientMessages.read("")).isEmpty();
    assertThat(ClientMessages.read("::")).isEmpty();
    assertThat(ClientMessages.read("CHUNK::1")).isEmpty();
    assertThat(ClientMessages.read("file_meta::a:1:true")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILE_META",
        "FILE_META::",
        "FILE_META::a",
        "FILE_META::a:1",
        "FILE_META:::1:true",
        "FILE_META::a:-1:true",
        "FILE_META::a:1e3:true",
        "FILE_META::a:99999999999999999999:true",
        "FILE_META::a:\u0661:true",
        "END_OF_FILE::x",
        "PACKAGE_TYPE::",
        "PACKAGE_TYPE::shell",
        "ZMQ_CTRL::",
        "ZMQ_CTRL::stop",
        "ZMQ_CTRL::[1]",
        "ZMQ_CTRL::{\"command\":{\"py/object\":\"os.system\"}}",
        "CONTROL_COMMAND::{\"command\":\"stop\"",
        "JOB_SUBMIT::1",
        "JOB_SUBMIT::::{}",
        "JOB_SUBMIT::1::[]",
        "JOB_SUBMIT::1::{\"a\":1,\"a\":2}",
        "JOB_ID::",
        "INPUT_FILE::",
        "FS_LIST_DIR::/m::-1",
        "FS_LIST_DIR::/m::99999999999",
        "FS_RESOLVE::a::x",
        "FS_SCAN_DIR::{}",
        "FS_WRITE_SLP::{\"slp_path\":\"/a\",\"filename_map\":{\"a\":1}}",
        "FILE_UPLOAD_CHECK::abc::a",
        "FILE_UPLOAD_START::a::1::/d",
        "FILE_UPLOAD_START::a::1::/d::2",
        "FILE_UPLOAD_START::a::1::1",
        "FILE_UPLOAD_END::now"
      })
  void brokenMessagesOfAClientAreRefusedWithAReason(String text) {
    assertThatThrownBy(() -> ClientMessages.read(text))
        .isInstanceOf(WireException.class)
        .hasMessageMatching("(?s).{15,300}");
  }

  @Test
  void fieldsMayOnlyBeSoLong() {
    for (String text :
        List.of(
            "FILE_META::" + "a".repeat(1025) + ":1:true",
            "OUTPUT_DIR::" + "a".repeat(4097),
            "JOB_ID::" + "a".repeat(129),
            "AUTH_RESPONSE::" + "a".repeat(513),
            "USE_WORKER_PATH::" + "a".repeat(4097))) {
      assertThatThrownBy(() -> ClientMessages.read(text)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThatThrownBy(() -> ClientMessages.read("JOB_SUBMIT::1::{\"a\":" + deep + "}"))
        .isInstanceOf(WireException.class);
  }
}
