//! `deploy/kubernetes`, built by kubectl and held against Kubernetes' own schemas. No cluster is asked: what
//! names what is followed here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::tool;

/// Where the pods have their secrets.
const SECRETS: &str = "/run/brandgate";

/// A copy of the manifests with secrets drawn as the file says.
fn drawn() -> TempDir {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = tempfile::tempdir().unwrap();
    let mut copy = Command::new("cp");
    copy.arg("-r").arg(project.join("deploy/kubernetes/.")).arg(directory.path());
    assert!(copy.status().unwrap().success());
    let secrets = directory.path().join("base/secrets");
    // Somebody's own are not for this.
    drop(fs::remove_dir_all(&secrets));
    fs::create_dir(&secrets).unwrap();
    let mut draw = Command::new("sh");
    draw.arg(project.join("deploy/draw-secrets.sh")).arg(&secrets);
    assert!(draw.env("REDIS", "brandgate-redis:6379").output().unwrap().status.success());
    directory
}

/// What kubectl would send to a cluster.
fn build(directory: &Path, name: &str) -> String {
    let output = tool("kubectl").arg("kustomize").arg(directory.join(name)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

struct Resources(Vec<Value>);

impl Resources {
    fn read(yaml: &str) -> Self {
        let documents = yaml.split("\n---\n");
        Self(documents.map(|it| serde_yaml::from_str(it).unwrap()).collect())
    }

    fn find(&self, kind: &str, name: &str) -> &Value {
        let found = self.0.iter().find(|it| it["kind"] == kind && it["metadata"]["name"] == name);
        found.unwrap_or_else(|| panic!("no {kind} {name}"))
    }

    fn of(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.0.iter().filter(move |it| it["kind"] == kind)
    }
}

/// Every text beneath `key`, wherever that is.
fn texts(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == key
                    && let Some(text) = member.as_str()
                {
                    found.insert(text.to_owned());
                }
                texts(member, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, key, found)),
        _ => {}
    }
}

fn judged(yaml: &str) -> (bool, String) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("all.yaml");
    fs::write(&file, yaml).unwrap();
    let output = tool("kubernetes-validate").arg("--strict").arg(file).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn every_resource_is_one_of_kubernetes() {
    let directory = drawn();
    let built = build(directory.path(), "base");
    let resources = Resources::read(&built);
    let (good, said) = judged(&built);
    assert!(good, "{said}");
    assert_eq!(said.matches(" passed for resource ").count(), resources.0.len(), "{said}");
    for (right, wrong) in [
        ("terminationGracePeriodSeconds", "terminationGracePeriod"),
        ("containerPort: 8080", "containerPort: eighty"),
        ("maxUnavailable: 1", "maxUnavailble: 1"),
    ] {
        assert!(built.contains(right), "{right}");
        assert!(!judged(&built.replace(right, wrong)).0, "it would find fault with {wrong}");
    }
    for kind in [
        "ConfigMap",
        "Deployment",
        "HorizontalPodAutoscaler",
        "Ingress",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Secret",
        "Service",
    ] {
        assert!(resources.of(kind).count() > 0, "{kind}");
    }
}

#[test]
fn whatever_a_resource_names_is_there() {
    let directory = drawn();
    // The same, and what watches it.
    let all = Resources::read(&build(directory.path(), "monitored"));
    for deployment in all.of("Deployment") {
        let pod = &deployment["spec"]["template"];
        let labels = &pod["metadata"]["labels"];
        assert_eq!(deployment["spec"]["selector"]["matchLabels"], *labels);
        let spec = &pod["spec"];
        for volume in spec["volumes"].as_array().unwrap() {
            if let Some(name) = volume["configMap"]["name"].as_str() {
                all.find("ConfigMap", name);
            }
            if let Some(name) = volume["secret"]["secretName"].as_str() {
                all.find("Secret", name);
            }
        }
        for mount in spec["containers"][0]["volumeMounts"].as_array().unwrap() {
            let volumes = spec["volumes"].as_array().unwrap();
            assert!(volumes.iter().any(|it| it["name"] == mount["name"]), "{mount}");
            assert!(mount["subPath"].is_null(), "it is never swapped: {mount}");
        }
    }
    let pod = |selector: &Value| {
        let is_it = |it: &&Value| it["spec"]["template"]["metadata"]["labels"] == *selector;
        let found = all.of("Deployment").find(is_it);
        &found.unwrap_or_else(|| panic!("no pod has {selector}"))["spec"]["template"]["spec"]
    };
    let has_port = |pod: &Value, port: &Value| {
        let ports = pod["containers"][0]["ports"].as_array().unwrap();
        ports.iter().any(|it| it["name"] == *port || it["containerPort"] == *port)
    };
    for service in all.of("Service") {
        let pod = pod(&service["spec"]["selector"]);
        for port in service["spec"]["ports"].as_array().unwrap() {
            assert!(has_port(pod, &port["targetPort"]), "{port}");
        }
    }
    for policy in all.of("NetworkPolicy") {
        let pod = pod(&policy["spec"]["podSelector"]["matchLabels"]);
        for rule in policy["spec"]["ingress"].as_array().unwrap() {
            for port in rule["ports"].as_array().unwrap() {
                assert!(has_port(pod, &port["port"]), "{port}");
            }
        }
    }
    let brandgate = pod(&json!({ "app.kubernetes.io/name": "brandgate" }));
    for probe in ["readinessProbe", "livenessProbe"] {
        let port = &brandgate["containers"][0][probe]["httpGet"]["port"];
        assert!(has_port(brandgate, port), "{probe}");
    }
    let budget = all.find("PodDisruptionBudget", "brandgate");
    pod(&budget["spec"]["selector"]["matchLabels"]);
    let scaled = &all.find("HorizontalPodAutoscaler", "brandgate")["spec"]["scaleTargetRef"];
    all.find("Deployment", scaled["name"].as_str().unwrap());
    let rule = &all.find("Ingress", "brandgate")["spec"]["rules"][0];
    let backend = &rule["http"]["paths"][0]["backend"]["service"];
    let ports = &all.find("Service", backend["name"].as_str().unwrap())["spec"]["ports"];
    assert_eq!(ports[0]["name"], backend["port"]["name"]);
    let monitor = &all.find("ServiceMonitor", "brandgate")["spec"];
    let watched = all.of("Service").find(|service| {
        service["metadata"]["labels"]["app.kubernetes.io/name"]
            == monitor["selector"]["matchLabels"]["app.kubernetes.io/name"]
    });
    let endpoint = &monitor["endpoints"][0];
    assert_eq!(watched.unwrap()["spec"]["ports"][0]["name"], endpoint["port"]);
    let mut namespaces = BTreeSet::new();
    all.0.iter().for_each(|it| texts(it, "namespace", &mut namespaces));
    let names = namespaces.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(names, ["brandgate"]);
    all.find("Namespace", "brandgate");
}

#[test]
fn its_table_is_good_and_fits_what_is_around_it() {
    let directory = drawn();
    let all = Resources::read(&build(directory.path(), "base"));
    let pod = &all.find("Deployment", "brandgate")["spec"]["template"]["spec"];
    let mounts = pod["containers"][0]["volumeMounts"].as_array().unwrap();
    assert!(mounts.iter().any(|it| it["mountPath"] == SECRETS), "{mounts:?}");
    assert!(mounts.iter().any(|it| it["mountPath"] == "/etc/brandgate"), "{mounts:?}");

    // With the secrets that the pods are given.
    let secrets = all.find("Secret", "brandgate")["data"].as_object().unwrap();
    let here = directory.path().join("run");
    fs::create_dir(&here).unwrap();
    for name in secrets.keys() {
        fs::copy(directory.path().join("base/secrets").join(name), here.join(name)).unwrap();
    }
    let yaml = all.find("ConfigMap", "brandgate")["data"]["brands.yaml"].as_str().unwrap();
    let file = directory.path().join("brands.yaml");
    fs::write(&file, yaml.replace(SECRETS, here.to_str().unwrap())).unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_brandgate"));
    let output = check.arg("check").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");

    let table: Value = serde_yaml::from_str(yaml).unwrap();
    let server = &table["server"];
    let host = all.find("Ingress", "brandgate")["spec"]["rules"][0]["host"].as_str().unwrap();
    assert_eq!(server["public_url"], format!("https://{host}"));
    let port = |name: &str| {
        let ports = pod["containers"][0]["ports"].as_array().unwrap();
        let port = ports.iter().find(|it| it["name"] == name).unwrap();
        port["containerPort"].as_u64().unwrap()
    };
    assert_eq!(server["ops"]["listen"], format!("0.0.0.0:{}", port("ops")));
    assert_eq!((server["listen"].as_str(), port("http")), (None, 8080), "where it listens unasked");
    // 30 for what is under way, and some to spare.
    let delay = server["shutdown_delay"].as_u64().unwrap();
    let grace = pod["terminationGracePeriodSeconds"].as_u64().unwrap();
    assert!(grace >= delay + 30 + 5, "{grace} s for {delay}");
    // As long as it takes until a pod that is not ready is left out by its own word.
    let probe = &pod["containers"][0]["readinessProbe"];
    let seconds = probe["periodSeconds"].as_u64().unwrap();
    assert!(delay > seconds * probe["failureThreshold"].as_u64().unwrap(), "{probe}");
}
