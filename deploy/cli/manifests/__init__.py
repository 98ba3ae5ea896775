"""What no schema knows of the files that run the shop: that they fit each other, the program and the documents.

Part of `./chosao check`. No Docker engine and no cluster is asked; what a cluster would say of rendered manifests is
asked of `kubectl kustomize` where there is one.
"""
