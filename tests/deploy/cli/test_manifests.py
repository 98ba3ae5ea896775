"""The check of the files that run the shop: content with them as they are, and loud at each thing that is wrong."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.cli.manifests import composing, documents, environment, kubernetes, kustomize
from deploy.cli.manifests.commands import refused
from ocop_sync.configured.file import load as load_sources

pytestmark = pytest.mark.self_contained

Object = dict[str, Any]
READ = environment.names_read() | {"CHOSAO_TOKEN_KEYS"}


def _one(objects: list[Object], kind: str, name: str) -> Object:
    return next(one for one in objects if (one["kind"], one["metadata"]["name"]) == (kind, name))


def _pod(objects: list[Object], name: str = "worker-publish") -> Object:
    found: Object = _one(objects, "Deployment", name)["spec"]["template"]["spec"]
    return found


def _container(objects: list[Object], name: str = "worker-publish") -> Object:
    found: Object = _pod(objects, name)["containers"][0]
    return found


def test_the_files_fit() -> None:
    assert composing.problems(documents.load(documents.COMPOSE)[0], READ) == []
    assert kustomize.problems(documents.KUBERNETES) == []
    assert kubernetes.problems(documents.raw(), READ) == []
    assert environment.undocumented(READ) == []


@pytest.mark.parametrize("name", [*environment.SOURCES, "deploy/k8s/base/sources.toml"])
def test_the_examples_of_sources_are_taken(name: str) -> None:
    assert bool(load_sources(documents.ROOT / name)) == (name in environment.SOURCES)


def test_what_kustomize_makes_of_them_fits_too() -> None:
    rendered = kustomize.rendered(documents.KUBERNETES / "production")
    if rendered is None:
        pytest.skip("kubectl is not here")
    assert kubernetes.problems(rendered, READ) == []
    images = {_container(rendered, name)["image"] for name in ("web", "indexer", "beat", "worker-inbox")}
    assert images == {"registry.example/chosao:0.1.0"}


POD = "Deployment worker-publish: "
WRONG: list[tuple[Callable[[list[Object]], Any], str]] = [
    (lambda o: _container(o).update(image="chosao"), POD + "the image chosao is not pinned by a version"),
    (lambda o: _container(o).update(image="a/b:latest"), POD + "the image a/b:latest is not pinned by a version"),
    (lambda o: _container(o)["securityContext"].update(readOnlyRootFilesystem=False),
     POD + "may become more, or write to its root"),
    (lambda o: _container(o)["securityContext"].pop("capabilities"), POD + "keeps capabilities"),
    (lambda o: _container(o)["resources"]["limits"].clear(), POD + "asks for no resources, or has no limit of memory"),
    (lambda o: _container(o).pop("livenessProbe"), POD + "has no livenessProbe"),
    (lambda o: _container(o, "web").pop("readinessProbe"), "Deployment web: has no readinessProbe"),
    (lambda o: _container(o, "web")["livenessProbe"]["httpGet"].update(port="metrics"),
     "Deployment web: livenessProbe asks at a port that is not open"),
    (lambda o: _container(o).update(env=[{"name": "EMAIL_HOST_PASSWORD", "value": "x"}]),
     POD + "EMAIL_HOST_PASSWORD holds a secret in the clear"),
    (lambda o: _container(o).update(args=["run", "worker", "--queue", "publsh"]),
     POD + "Invalid value for '--queue': 'publsh' is not one of 'inbox', 'publish', 'default', 'sync'."),
    (lambda o: _container(o)["volumeMounts"].pop(0), POD + "cannot write to /data"),
    (lambda o: _container(o, "indexer")["volumeMounts"].pop(2), "Deployment indexer: needs the index"),
    (lambda o: _pod(o).update(automountServiceAccountToken=True), POD + "gets a token of the cluster"),
    (lambda o: _pod(o)["securityContext"].update(runAsNonRoot=False), POD + "runs as whom?"),
    (lambda o: _pod(o).update(serviceAccountName="other"), POD + "there is no ServiceAccount other"),
    (lambda o: _one(o, "Service", "web")["spec"]["selector"].update({"app.kubernetes.io/component": "wbe"}),
     "Service web: selects no pod: {'app.kubernetes.io/name': 'chosao', 'app.kubernetes.io/component': 'wbe'}"),
    (lambda o: _one(o, "Service", "web")["spec"]["ports"][0].update(targetPort="web"),
     "Service web: Deployment web has no port web"),
    (lambda o: _one(o, "NetworkPolicy", "ingress-to-web")["spec"]["podSelector"].update(matchLabels={"a": "b"}),
     "NetworkPolicy ingress-to-web: selects no pod: {'a': 'b'}"),
    (lambda o: _one(o, "HorizontalPodAutoscaler", "web")["spec"]["scaleTargetRef"].update(name="wob"),
     "HorizontalPodAutoscaler web: there is no Deployment wob"),
    (lambda o: _one(o, "ConfigMap", "chosao")["data"].update(CHOSAO_PUBLC_URL="x"),
     "CHOSAO_PUBLC_URL is given to the shop and read by nobody"),
    (lambda o: _one(o, "ConfigMap", "chosao")["data"].update(DATABASE_URL="x"),
     "DATABASE_URL is in the ConfigMap and in the Secret"),
    (lambda o: o.append({"kind": "Secret", "metadata": {"name": "s"}}),
     "Secret s: secrets come by reference, never in a file"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), WRONG, ids=[said for _, said in WRONG])
def test_each_wrong_thing_is_said(spoil: Callable[[list[Object]], Any], said: str) -> None:
    objects = copy.deepcopy(documents.raw())
    spoil(objects)
    assert kubernetes.unfit(objects, READ) == [said]


def test_an_unknown_field_is_refused_by_the_schemas_of_both_versions() -> None:
    objects = copy.deepcopy(documents.raw())
    _container(objects)["resourcs"] = {}
    said = list(kubernetes.invalid(objects))
    assert [line.partition(": ")[2][:6] for line in said] == ["1.31: ", "1.37: "]
    assert all("resourcs" in line for line in said)


def test_files_that_are_named_nowhere_and_patches_for_nobody_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "k8s"
    shutil.copytree(documents.KUBERNETES, folder)
    (folder / "base/beat.yaml").rename(folder / "base/drum.yaml")
    overlay = folder / "production/kustomization.yaml"
    overlay.write_text(overlay.read_text().replace("kind: Ingress, name: web", "kind: Ingress, name: shop"))
    assert kustomize.problems(folder) == [
        "k8s/base/kustomization.yaml: beat.yaml is not there",
        "k8s/base/kustomization.yaml: drum.yaml is named nowhere",
        "k8s/production/kustomization.yaml: a patch is for Ingress shop, which is not there",
    ]


COMPOSE_WRONG: list[tuple[Callable[[Object], Any], str]] = [
    (lambda s: s["proxy"].update(image="caddy:alpine"),
     "compose.yaml: proxy: the image caddy:alpine is not pinned by a version"),
    (lambda s: s["postgres"]["environment"].update(POSTGRES_PASSWORD="geheim"),
     "compose.yaml: postgres: POSTGRES_PASSWORD holds a secret in the clear"),
    (lambda s: s["web"]["environment"].update(DATABASE_URL="postgresql://a:geheim@postgres/a"),
     "compose.yaml: web: DATABASE_URL holds a secret in the clear"),
    (lambda s: s["web"]["environment"].update(CHOSAO_HOST="x"), "compose.yaml: web: CHOSAO_HOST is read by nobody"),
    (lambda s: s["web"].update(volumes=[]), "compose.yaml: web: needs the index"),
    (lambda s: s["web"].update(volumes=["indx:/data/index"]), "compose.yaml: web: there is no volume indx"),
    (lambda s: s["proxy"]["volumes"].append("./Cadyfile:/x"), "compose.yaml: proxy: there is no file ./Cadyfile"),
    (lambda s: s["web"].update(command=["serve"]), "compose.yaml: web: there is no command 'serve'"),
    (lambda s: s["beat"].pop("healthcheck"), "compose.yaml: beat: has no health check"),
    (lambda s: s["beat"].update(read_only=False), "compose.yaml: beat: read_only is missing"),
    (lambda s: s["beat"].update(networks=["bck"]), "compose.yaml: beat: there is no network bck"),
    (lambda s: s["saleor"].update(depends_on={"db": {"condition": "service_started"}}),
     "compose.yaml: saleor: there is no service db"),
    (lambda s: s["saleor"].update(depends_on={"saleor-worker": {"condition": "service_healthy"}}),
     "compose.yaml: saleor: saleor-worker has no health check to wait for"),
    (lambda s: s["saleor"].update(depends_on={"web": {"condition": "service_completed_successfully"}}),
     "compose.yaml: saleor: web would be started again when it ends"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), COMPOSE_WRONG, ids=[said for _, said in COMPOSE_WRONG])
def test_each_wrong_thing_in_compose_is_said(spoil: Callable[[Object], Any], said: str) -> None:
    compose = json.loads(json.dumps(documents.load(documents.COMPOSE)[0]))  # what services share is no longer shared
    spoil(compose["services"])
    assert composing.problems(compose, READ) == [said]


def test_a_command_line_is_judged_without_being_run() -> None:
    assert refused(["run", "worker", "--queue", "inbox", "--processes", "2"]) == ""
    assert refused(["sync", "feed.json", "--source-name", "x"]) == ""
    assert refused(["verify"]) == "Missing argument 'CODE'."
    assert refused(["run", "web", "--prt", "1"]) == "No such option '--prt'. Did you mean '--port'?"
