"""Good messages, as a hostile side has heard of them: of `peerworks` (docs/protocol.md) and of sleap-rtc (§2)."""

import json

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
JOB = "20261121-101500-4f2a9c"


def request(method, **params):
    return {"type": "request", "id": 7, "method": method, "params": params}


def peerworks_client(mount):
    """What a client says after the hello, and parts of the hello."""
    project = mount + "/projects/moved.slp"
    asked = [
        request("submit", type="train", parameters="{}", inputs={"a.zip": {"sha256": SHA}}, priority=5, idempotencyKey="k", timeoutMillis=0),
        request("submit", type="track", parameters="{\"data\":\"" + project + "\"}", inputs={}, idempotencyKey="k2"),
        request("submitted", idempotencyKey="k"), request("get", jobId=JOB), request("cancel", jobId=JOB), request("stop", jobId=JOB),
        request("list", states=["QUEUED"], onlyMine=False, before="", limit=100), request("types"),
        request("tell", jobId=JOB, message="{\"command\":\"stop\"}"),
        request("offer", sha256=SHA, size=1000), request("offer", token=SHA, size=1000), request("offer", sha256=SHA, size=1 << 50),
        request("openOutput", jobId=JOB, name="a.zip", offset=0, grant=0),
        request("watch", jobId="", after=0, credit=64), request("watch", jobId=JOB, after=-1, credit=1),
        request("followLog", jobId=JOB, offset=0, credit=8),
        request("files.info"), request("files.look", path=mount), request("files.list", path=mount, offset=0, limit=20),
        request("files.resolve", pattern="courtship.slp", size=1000, maxDepth=5, mount="lab"), request("files.resolve", pattern="cro*.dat"),
        request("files.checkVideos", path=project), request("files.scanDirectory", directory=mount, names=["a.mp4"]),
        request("files.proposePrefix", originalPath="/me/a.mp4", newPath=mount + "/a.mp4", others=["/me/b.mp4"]),
        request("files.writeProject", slpPath=project, outputDirectory="", outputName="", videos=[{"from": "/a", "to": mount}])]
    said = [{"type": "credit", "id": 7, "count": 32}, {"type": "close", "id": 7}, {"type": "ack", "transfer": 1, "offset": 0, "grant": 4096},
            {"type": "seal", "transfer": 1, "sha256": SHA}, {"type": "abort", "transfer": 1}, {"type": "ping"}, {"type": "pong"},
            {"type": "bye", "reason": "enough"}, {"type": "hello", "versions": ["1"], "nonce": "", "key": "", "program": "x", "name": "x"},
            {"type": "proof", "proof": ""}]
    return asked * 2 + said


def job(state):
    return {"id": JOB, "type": "train", "typeVersion": "0.1.0", "state": state, "reason": "", "ownerId": "ed25519:0", "ownerName": "x",
            "priority": 5, "queuePosition": 0, "parameters": "{}", "submitted": "2026-11-21T10:15:00Z",
            "started": "2026-11-21T10:15:01Z", "progress": {"done": 3, "total": 50, "unit": "epoch", "message": ""}, "outputs": []}


def event(**fields):
    return {"type": "event", "id": 7, "event": {"number": 17, "jobId": JOB, "time": "2026-11-21T10:15:01Z", **fields}}


def peerworks_worker():
    """What a worker says after the hello."""
    return [{"type": "reply", "id": 7, "result": {}}, {"type": "reply", "id": 7, "result": job("RUNNING")},
            {"type": "reply", "id": 7, "error": {"code": "NOT_FOUND", "message": "There is none."}},
            {"type": "reply", "id": 7, "result": {"jobs": [job("QUEUED")], "next": "x"}},
            {"type": "reply", "id": 7, "result": {"complete": False, "transfer": 1, "offset": 0, "grant": 4096}},
            event(kind="state", state="RUNNING", reason=""), event(kind="progress", progress={"done": 1, "total": 2, "unit": "x", "message": ""}),
            event(kind="report", report="{\"event\":\"epoch_end\",\"epoch\":1}"), event(kind="queue", position=2), event(kind="unheard"),
            {"type": "log", "id": 7, "offset": 0, "data": "RXBvY2ggMS81MAo="}, {"type": "end", "id": 7},
            {"type": "end", "id": 7, "error": {"code": "LIMIT", "message": "Too many."}},
            {"type": "ack", "transfer": 1, "offset": 0, "grant": 4096}, {"type": "stored", "transfer": 1},
            {"type": "failed", "transfer": 1, "error": {"code": "INVALID", "message": "no"}}, {"type": "finished", "transfer": 1},
            {"type": "abort", "transfer": 1}, {"type": "candidates", "id": 7, "candidates": []}, {"type": "renew"}, {"type": "ping"},
            {"type": "pong"}, {"type": "bye", "reason": "\x1b[2J go"}, {"type": "welcome"}, {"type": "hello"}]


def sleap_client(mount):
    """What clients say (§2.2 to §2.8)."""
    project = mount + "/projects/moved.slp"
    track = {"type": "track", "data_path": project, "model_paths": [mount + "/none"]}
    train = {"type": "train", "config_contents": ["a: 1"], "labels_path": project, "model_types": ["centroid"], "max_epochs": 2}
    return [
        "PACKAGE_TYPE::track", "PACKAGE_TYPE::train", "OUTPUT_DIR::models", "FILE_META::a.zip:1000:False", "END_OF_FILE",
        'ZMQ_CTRL::{"command":"stop"}', "JOB_ID::7", "INPUT_FILE::a.zip", "SHARED_INPUT_PATH::/x", "SHARED_STORAGE_JOB::start",
        "AUTH_RESPONSE::missing", "JOB_SUBMIT::0a0a0a0a::" + json.dumps(track), "JOB_SUBMIT::0b0b0b0b::" + json.dumps(train),
        'CONTROL_COMMAND::{"command":"stop"}', "JOB_STOP", "JOB_CANCEL", "FS_GET_INFO", "FS_GET_MOUNTS", f"FS_LIST_DIR::{mount}::0",
        "FS_RESOLVE::courtship.slp::1000::5::lab", "FS_RESOLVE::crowd*.dat", f"USE_WORKER_PATH::{project}",
        "FS_SCAN_DIR::" + json.dumps({"directory": mount, "filenames": ["a.mp4"]}),
        "FS_WRITE_SLP::" + json.dumps({"slp_path": project, "output_dir": mount + "/none", "filename_map": {"/a": mount}}),
        "FS_RESOLVE_WITH_PREFIX::" + json.dumps({"original_path": "/me/a", "new_path": mount + "/a", "other_missing": ["/me/b"]}),
        'FS_APPLY_PREFIX::{"confirmed":true}', f"FILE_UPLOAD_CHECK::{SHA}::a.slp", f"FILE_UPLOAD_START::a.slp::1000::{mount}::1",
        "FILE_UPLOAD_END"]


def sleap_worker():
    """What workers say (§2.3 to §2.8)."""
    return [
        "AUTH_CHALLENGE::" + "A" * 43, "AUTH_SUCCESS", "AUTH_FAILURE::invalid", "TRAIN_JOB_START::centroid", "TRAIN_JOB_END::centroid",
        "TRAIN_JOB_ERROR::centroid::1", "TRAINING_JOBS_DONE", "Epoch 3/50: train_loss=0.1\n", "\rEpoch", "TRACK_LOG:Tracked 3 frames",
        "INFERENCE_START", "INFERENCE_JOB_START::inference", "INFERENCE_JOB_END::inference", "INFERENCE_JOB_ERROR::inference::3",
        "INFERENCE_JOBS_DONE", "INFERENCE_ERROR::No track script found", "FILE_META::trained_a.zip:1000:models", "END_OF_FILE",
        'PROGRESS_REPORT::{"event":"epoch_end","epoch":1,"logs":{"loss":0.5}}', "FILE_EXISTS::a.zip", "FILE_NOT_FOUND::a.zip::no",
        "JOB_OUTPUT_PATH::/x/jobs/7", "TRAINING_COMPLETE", "JOB_ACCEPTED::job_0a0a0a0a",
        'JOB_REJECTED::0a0a0a0a::{"errors":[{"field":"x","message":"y","code":"NOT_ALLOWED"}]}', "MODEL_TYPE::centroid",
        "JOB_LOG::line", "JOB_LOG::CR::line", "CR::line", "[stderr] line\n", 'JOB_PROGRESS::{"epoch":1,"loss":0.5,"val_loss":0.6}',
        'JOB_COMPLETE::{"job_id":"j","job_type":"train","duration_seconds":1.5,"success":true,"stopped_early":false}',
        'JOB_FAILED::{"job_id":"j","job_type":"train","exit_code":1,"duration_seconds":1,"message":"m"}', "INFERENCE_BEGIN::{}",
        'INFERENCE_PROGRESS::{"n_processed":1,"n_total":2,"rate":1,"eta":1}', 'INFERENCE_COMPLETE::{"predictions_path":"/x"}',
        'INFERENCE_FAILED::{"error":"x"}', 'INFERENCE_SKIPPED::{"reason":"cancelled"}',
        'FS_INFO_RESPONSE::{"worker_id":"w","working_dir":"/x","mounts":[{"path":"/x","label":"lab"}]}', 'FS_MOUNTS_RESPONSE::[]',
        'FS_LIST_RESPONSE::{"path":"/x","entries":[{"name":"a","type":"file","size":1,"modified":1.5}],"total_count":1,"has_more":true}',
        'FS_RESOLVE_RESPONSE::{"candidates":[{"path":"/x/a","name":"a","size":1,"modified":1.5,"match_type":"exact","score":99.5}],'
        '"truncated":false,"timeout":false,"search_time_ms":1.5}', "FS_ERROR::ACCESS_DENIED::no", "WORKER_PATH_OK::/x/a.zip",
        "WORKER_PATH_ERROR::File not found: /x", 'FS_SCAN_DIR_RESPONSE::{"directory":"/x","found":{"a":"/x/a"}}',
        'FS_CHECK_VIDEOS_RESPONSE::{"slp_path":"/x/a.slp","total_videos":1,"missing":[{"filename":"a","original_path":"/a"}],'
        '"accessible":0,"embedded":0}', 'FS_WRITE_SLP_OK::{"output_path":"/x/b.slp","videos_updated":1}', 'FS_WRITE_SLP_ERROR::{"error":"x"}',
        'FS_PREFIX_PROPOSAL::{"old_prefix":"/a","new_prefix":"/x","would_resolve":[],"would_not_resolve":[]}',
        'FS_PREFIX_APPLIED::{"success":true}', "FILE_UPLOAD_READY", "FILE_UPLOAD_ERROR::no", "FILE_UPLOAD_CACHE_HIT::/x/a",
        "FILE_UPLOAD_PROGRESS::1::2", "FILE_UPLOAD_COMPLETE::/x/a"]
