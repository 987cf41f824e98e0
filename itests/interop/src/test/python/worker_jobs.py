"""Structured jobs of G3, worker's side (§2.6)."""

import asyncio
import json
import os
import re
import secrets
import time

from facts import say
from program import Program

CHUNK_DOWN = 32 * 1024  # §2.1
TRACK_FIELDS = {"type", "data_path", "model_paths", "output_path", "batch_size", "peak_threshold", "only_suggested_frames",
                "exclude_user_labeled", "frames", "frame_filter", "video_index", "path_mappings"}
RANGES = {"max_epochs": (1, 10000), "batch_size": (1, 256), "learning_rate": (1e-10, 1), "peak_threshold": (0, 1)}


class StructuredJobs:
    def __init__(self, o, files):
        self.o, self.files = o, files
        self.program = None
        self.ending = None

    def takes(self, name):
        return name in ("JOB_SUBMIT", "JOB_STOP", "JOB_CANCEL", "CONTROL_COMMAND")

    async def take(self, link, name, rest):
        if name == "JOB_SUBMIT":
            client_id, text = rest.split("::", 1)
            await self.submit(link, client_id, json.loads(text))
        elif self.program is None:
            say("no_program", text=name)
        elif name == "JOB_STOP":
            self.ending = "stop"
            self.program.stop()
        elif name == "JOB_CANCEL":
            self.ending = "cancel"
            await self.program.cancel()
        else:
            self.program.publish(rest)  # §2.6: re-published; §6 S12: as it is

    def errors(self, spec):
        found = []
        train = spec.get("type") == "train"
        if not train:  # §2.6: unknown fields are tolerated for train only
            found += [{"field": "internal", "message": f"unexpected field {key}"} for key in set(spec) - TRACK_FIELDS]
        if train and not any(spec.get(key) for key in ("config_path", "config_paths", "config_content", "config_contents")):
            found.append({"field": "config", "message": "A configuration is needed", "code": "MISSING_CONFIG"})
        if not train and not spec.get("data_path"):
            found.append({"field": "data_path", "message": "data_path is required", "code": "INVALID_PATH"})
        for field, (low, high) in RANGES.items():
            if spec.get(field) is not None and not low <= spec[field] <= high:
                found.append({"field": field, "message": f"must be between {low} and {high}"})
        paths = [(field, spec.get(field)) for field in ("config_path", "labels_path", "val_labels_path", "data_path",
                                                        "resume_ckpt_path")]
        paths += [("config_paths", p) for p in spec.get("config_paths") or []]
        paths += [("model_paths", p) for p in spec.get("model_paths") or []]
        for field, path in paths:
            if path and not self.files.inside(path):
                found.append({"field": field, "message": "Path not within mounts", "code": "NOT_ALLOWED", "path": path})
            elif path and not os.path.exists(path):
                found.append({"field": field, "message": "No such file", "code": "PATH_NOT_FOUND", "path": path})
        return found

    async def submit(self, link, client_id, spec):
        errors = self.errors(spec)
        if errors:
            link.text(f"JOB_REJECTED::{client_id}::" + json.dumps({"errors": errors}))
            return
        job = "job_" + secrets.token_hex(4)  # §2.6: the worker's, the client's is not echoed
        link.text(f"JOB_ACCEPTED::{job}")
        self.ending = None
        await (self.train if spec["type"] == "train" else self.track)(link, job, spec)

    def configs(self, spec):
        """§3.3: inline ones become files in the first mount; §6 S8: what is in them is not looked at."""
        paths = [p for p in [spec.get("config_path"), *(spec.get("config_paths") or [])] if p]
        for i, text in enumerate(t for t in [spec.get("config_content"), *(spec.get("config_contents") or [])] if t):
            for old, new in (spec.get("path_mappings") or {}).items():
                text = text.replace(old, new)
            path = os.path.join(self.files.mount, f"rtc_config_{i}_{secrets.token_hex(3)}.yaml")
            with open(path, "w") as file:
                file.write(text)
            paths.append(path)
        return paths

    async def train(self, link, job, spec):
        configs = self.configs(spec)
        types = spec.get("model_types") or []
        folders = []
        for i, config in enumerate(configs):
            kind = types[i] if i < len(types) else f"model_{i}"
            if i:
                link.text(f"MODEL_TYPE::{kind}")  # §2.6: before the second and later
            link.text(f"Training model {i + 1}/{len(configs)}: {kind}\n")
            run = spec.get("run_name") or f"{kind}_{time.strftime('%Y%m%d_%H%M%S')}"
            started, this = time.monotonic(), job if len(configs) == 1 else f"{job}_{i}"
            status = await self.model(link, config, run, spec)
            if status != 0 or self.ending == "cancel":
                # §2.6: two fields, where clients expect three
                link.text("JOB_FAILED::" + json.dumps({
                    "job_id": this, "job_type": "train", "exit_code": status,
                    "duration_seconds": time.monotonic() - started, "message": f"exit code {status}"}))
                link.text("INFERENCE_SKIPPED::" + json.dumps(
                    {"reason": "cancelled" if self.ending else "training_failed"}))
                return
            folders.append(os.path.join(self.files.mount, "models", run))
            link.text("JOB_COMPLETE::" + json.dumps({
                "job_id": this, "job_type": "train", "duration_seconds": time.monotonic() - started, "success": True,
                "stopped_early": self.ending == "stop", "output_path": folders[-1]}))
        await self.infer(link, spec, folders)

    async def model(self, link, config, run, spec):
        self.program = Program(self.files.mount, lambda text: link.text("PROGRESS_REPORT::" + text))
        words = ["train", "--config-name", os.path.basename(config), "--config-dir", os.path.dirname(config)]
        for field, name in (("labels_path", "data_config.train_labels_path=[{}]"), ("val_labels_path", "data_config.val_labels_path={}"),
                            ("max_epochs", "trainer_config.max_epochs={}"),
                            ("batch_size", "trainer_config.train_data_loader.batch_size={}"),
                            ("learning_rate", "trainer_config.optimizer.lr={}"),
                            ("resume_ckpt_path", "trainer_config.resume_ckpt_path={}")):
            if spec.get(field) is not None:
                words.append(name.format(spec[field]))
        words.append("trainer_config.run_name=" + run)  # §6 S8: unrestricted

        def log(text, redraw):
            link.text("CR::" + text.rstrip("\n") if redraw else text)  # §2.6
            if found := re.match(r"Epoch (\d+)/\d+: train_loss=(\S+) val_loss=(\S+)", text):
                link.text("JOB_PROGRESS::" + json.dumps(
                    {"epoch": int(found[1]), "loss": float(found[2]), "val_loss": float(found[3])}))

        status = await self.program.run(words + self.program.ports("++"), log)
        self.program = None
        return status

    async def infer(self, link, spec, folders):
        """§2.6: after training, beside the labels."""
        reason = "no_labels_path" if not spec.get("labels_path") else None
        if not reason and not all(os.path.exists(os.path.join(f, "best.ckpt")) for f in folders):
            reason = "no_checkpoint"
        if reason:
            link.text("INFERENCE_SKIPPED::" + json.dumps({"reason": reason}))
            return
        link.text("INFERENCE_BEGIN::{}")
        out = re.sub(r"(\.pkg)?\.slp$", "", spec["labels_path"]) + ".predictions.slp"
        words = ["track", "--data_path", spec["labels_path"]]
        for folder in folders:
            words += ["--model_paths", folder]
        program = Program(self.files.mount)
        status = await program.run(words + ["-o", out, "--only_suggested_frames"],
                                   lambda text, redraw: link.text("INFERENCE_LOG::" + text.rstrip("\n")))
        if status:
            link.text("INFERENCE_FAILED::" + json.dumps({"error": f"exit code {status}"}))
            return
        await self.send(link, out)
        link.text("INFERENCE_COMPLETE::" + json.dumps({"predictions_path": out}))

    async def track(self, link, job, spec):
        started = time.monotonic()
        out = spec.get("output_path") or re.sub(r"(\.pkg)?\.slp$", "", spec["data_path"]) + ".predictions.slp"
        words = ["track", "--data_path", spec["data_path"]]
        for path in spec.get("model_paths") or []:
            words += ["--model_paths", path]
        words += ["-o", out]
        self.program = Program(self.files.mount)
        status = await self.program.run(
            words, lambda text, redraw: link.text("JOB_LOG::" + ("CR::" if redraw else "") + text.rstrip("\n")))
        self.program = None
        took = time.monotonic() - started
        if status or self.ending == "cancel":
            link.text("JOB_FAILED::" + json.dumps({"job_id": job, "job_type": "track", "exit_code": status,
                                                   "duration_seconds": took, "message": f"exit code {status}"}))
            return
        await self.send(link, out)  # §2.6: before JOB_COMPLETE
        link.text("JOB_COMPLETE::" + json.dumps({"job_id": job, "job_type": "track", "duration_seconds": took,
                                                 "success": True, "stopped_early": False, "output_path": out}))

    async def send(self, link, path):
        with open(path, "rb") as file:
            data = file.read()
        link.text(f"FILE_META::{os.path.basename(path)}:{len(data)}:")
        await link.chunks(data, CHUNK_DOWN)
        link.text("END_OF_FILE")
