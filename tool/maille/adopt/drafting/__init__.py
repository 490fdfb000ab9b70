"""The files of the draft, as plain trees and as text."""
